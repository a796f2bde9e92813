"""The derived, disposable SQLite through which every command selects events."""
