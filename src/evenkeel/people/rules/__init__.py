"""Decisions on plain values: what a day's time was spent on."""
