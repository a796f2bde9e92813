"""Merging ledgers, for git and by hand."""
