"""Drawn pictures of a synthetic marketplace: mild, made of flat shapes and words, the same bytes for the same numbers."""
