"""One module per report: a value type and one pure function."""
