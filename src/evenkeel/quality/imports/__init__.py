"""Bringing labels in: reading a stream, checking it, writing it whole, and saying what was found."""
