"""Every check of a ledger, by what it looks at."""
