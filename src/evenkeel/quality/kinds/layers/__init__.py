"""Layers of a sampling plan: what raises the odds of some decisions. One file a kind."""
