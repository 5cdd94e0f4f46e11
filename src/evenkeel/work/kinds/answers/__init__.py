"""Kinds of answer fields."""
