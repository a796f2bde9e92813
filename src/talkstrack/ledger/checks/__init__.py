"""What is wrong in a ledger: faults of one event, of the links between events, of the register, and warnings."""
