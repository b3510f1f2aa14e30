# Opens every table of a sweep in R: as CSV with what comes with R, as Parquet where a package reads it, and compares them.

sweep <- commandArgs(trailingOnly = TRUE)[1]

readers <- list(
  nanoparquet = function(path) as.data.frame(nanoparquet::read_parquet(path)),
  arrow = function(path) as.data.frame(arrow::read_parquet(path))
)
there <- Filter(function(package) requireNamespace(package, quietly = TRUE), names(readers))

# How columns come out of a CSV; all others are numbers. A column without any value is logical to R.
texts <- c("rule", "loud", "status", "error")
whole <- c("k", "replicate", "population", "steps", "adopted.t50", "adopted.thalf", "runs", "failed", "now")
rows <- list(runs = 48, cells = 16, curves = 24 * 21)

for (stem in names(rows)) {
  csv <- read.csv(file.path(sweep, paste0(stem, ".csv")), check.names = FALSE, na.strings = "")
  stopifnot(nrow(csv) == rows[[stem]])
  for (name in names(csv)) {
    values <- csv[[name]]
    right <- if (name %in% texts) is.character(values) else if (name %in% whole && stem != "cells") is.integer(values)
      else is.numeric(values)
    if (!right) stop(stem, ": ", name, " is ", class(values))
  }
  for (package in there) {
    typed <- readers[[package]](file.path(sweep, paste0(stem, ".parquet")))
    stopifnot(identical(names(typed), names(csv)), nrow(typed) == nrow(csv), is.logical(typed$loud))
    for (name in names(csv)) {
      # A flag is text in the CSV; R reads decimal digits to within their last one.
      written <- if (is.logical(typed[[name]])) csv[[name]] == "true" else csv[[name]]
      same <- all.equal(as.vector(typed[[name]]), written, tolerance = 1e-14)
      if (!isTRUE(same)) stop(stem, ": ", name, " differs (", package, "): ", same)
    }
  }
}

runs <- read.csv(file.path(sweep, "runs.csv"), na.strings = "")
failed <- runs$status == "failed"
stopifnot(sum(failed) == 24, identical(failed, !is.na(runs$error)), identical(failed, is.na(runs$adopted)))
stopifnot(identical(sort(unique(runs$rule)), c("simple", "with, comma")), any(!failed & is.na(runs$adopted.thalf)))

if (length(there) == 0) {
  cat("SKIPPED: R has neither nanoparquet nor arrow, so only the CSV form was opened\n")
} else {
  cat("R agrees, by", there, "\n")
}
