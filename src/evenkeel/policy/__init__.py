"""Policies with versions: what a moderator reads beside the item is the version in force."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
