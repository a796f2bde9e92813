"""The rules of a record, one function each, over a snapshot of events."""
