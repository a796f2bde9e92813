"""A report as a document and as a table."""
