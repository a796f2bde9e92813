"""What `add --from` takes."""
