"""Detectors of odd work, one file a kind. They open a look, never a verdict."""
