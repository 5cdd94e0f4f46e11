"""What a page or another room may ask about work."""
