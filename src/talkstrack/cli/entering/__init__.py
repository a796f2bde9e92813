"""All that is typed in."""
