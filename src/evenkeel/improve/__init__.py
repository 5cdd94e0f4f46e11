"""Investigations: from a signal to its causes, with evidence; later actions and the proof that they worked."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
