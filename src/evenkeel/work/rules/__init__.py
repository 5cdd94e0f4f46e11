"""Decisions on plain values: forms and their answers, leases and undo windows, items that come in."""
