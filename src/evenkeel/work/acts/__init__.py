"""What people do with work."""
