"""The text file: find, cut, parse, check, write."""
