"""Definitions as data: what people say of a metric, checked, and made into a metric like any other."""
