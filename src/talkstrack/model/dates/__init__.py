"""Dates: EDTF read, periods of days, durations."""
