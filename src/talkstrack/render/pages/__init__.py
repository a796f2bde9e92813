"""One module per report: the report as a page for a terminal and as flat columns."""
