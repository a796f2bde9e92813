"""From text to events, every fault with its place."""
