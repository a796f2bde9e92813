"""Every word on a screen."""
