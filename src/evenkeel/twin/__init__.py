"""The synthetic organisation: makes people, work and faults, and drives every room through the same acts as people do."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
