"""Decisions on plain values; no queries."""
