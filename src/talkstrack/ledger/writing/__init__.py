"""Writing without losing a byte."""
