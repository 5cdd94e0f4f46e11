"""Organisations, sites, teams, workers, skills, roles and grants. Knows no tasks."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
