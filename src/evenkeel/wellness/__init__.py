"""Exposure: a ledger, and limits that routing obeys. The face answers `may_take` and nothing about anybody else."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
