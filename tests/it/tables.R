# Opens the tables of a sweep in R: the CSV with what comes with R, the Parquet where the package arrow is there.
sweep <- commandArgs(trailingOnly = TRUE)[1]
runs <- read.csv(file.path(sweep, "runs.csv"), check.names = FALSE, na.strings = "")
stopifnot(is.numeric(runs$rewire), is.integer(runs$k), is.character(runs$rule), is.numeric(runs$adopted))
stopifnot(is.integer(runs$replicate), any(is.na(runs$adopted)), sum(runs$status == "failed") == sum(!is.na(runs$error)))
if (requireNamespace("arrow", quietly = TRUE)) {
  typed <- as.data.frame(arrow::read_parquet(file.path(sweep, "runs.parquet")))
  stopifnot(identical(names(typed), names(runs)), isTRUE(all.equal(typed$adopted, runs$adopted)))
  cat("R and arrow agree\n")
} else {
  cat("R reads the CSV; the package arrow is not there\n")
}
