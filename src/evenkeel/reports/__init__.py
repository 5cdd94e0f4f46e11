"""Dashboards, exploration, what is shared and sent of them, and what leaves for people's own tools."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
