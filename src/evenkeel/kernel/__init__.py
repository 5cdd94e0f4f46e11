"""The kernel: pure mathematics of quality. Data, time and randomness come in as arguments; nothing is read or kept."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
