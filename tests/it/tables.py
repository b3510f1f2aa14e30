"""Opens every table of a sweep as CSV and as Parquet, with pandas and with polars, and compares values and types."""

import sys
import warnings
from pathlib import Path

import pandas as pd
import polars as pl
import polars.testing
import pyarrow.parquet as pq

sweep = Path(sys.argv[1])
# Newer versions of pandas read every digit without being asked, and say that this need not be asked any more.
warnings.filterwarnings("ignore", message=".*float_precision.*")

# How columns must be typed; all others are doubles, but for those that count.
PARAMETERS = {"rewire": "double", "k": "int64", "rule": "string", "loud": "bool"}
EXPECTED = {
    "runs": {
        "replicate": "int64", "status": "string", "population": "int64", "steps": "int64", "adopted.t50": "int64",
        "adopted.thalf": "int64", "error": "string",
    },
    "cells": {"runs": "int64", "failed": "int64"},
    "curves": {"replicate": "int64", "now": "int64", "adopted": "int64"},
}

for stem, expected in EXPECTED.items():
    csv, parquet = sweep / f"{stem}.csv", sweep / f"{stem}.parquet"
    for field in pq.read_schema(parquet):
        kind = (PARAMETERS | expected).get(field.name, "int64" if field.name.endswith(".n") else "double")
        assert str(field.type) == kind, f"{stem}: {field.name} is {field.type}, not {kind}"

    a, b = pd.read_csv(csv, float_precision="round_trip"), pd.read_parquet(parquet)
    assert list(a.columns) == list(b.columns) and len(a) == len(b) > 0, stem
    for name in b.columns:
        assert (a[name].isna() == b[name].isna()).all(), f"{stem}: {name} is missing in other rows"
        there = ~b[name].isna()
        assert (a[name][there] == b[name][there]).all(), f"{stem}: {name} differs (pandas)"
        numeric = pd.api.types.is_numeric_dtype(a[name]) or not there.any()
        assert numeric or not pd.api.types.is_numeric_dtype(b[name]), f"{stem}: {name} is {a[name].dtype} in the CSV"

    c, d = pl.read_csv(csv, infer_schema_length=None), pl.read_parquet(parquet)
    # A column of shares that are all 0 or 1 looks like one of integers in a CSV.
    polars.testing.assert_frame_equal(c.cast(dict(d.schema)), d, check_exact=True)

assert pd.read_parquet(sweep / "runs.parquet")["error"].notna().sum() > 0, "a failed run says why"
print("pandas", pd.__version__, "polars", pl.__version__, "agree")
