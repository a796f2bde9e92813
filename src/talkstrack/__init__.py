"""A timeline tracker for peace negotiations."""
