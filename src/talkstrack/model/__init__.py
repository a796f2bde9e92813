"""What a ledger can say: dates, counts, events and the register."""
