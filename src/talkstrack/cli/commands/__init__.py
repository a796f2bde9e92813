"""One module a command: load, select, report, emit."""
