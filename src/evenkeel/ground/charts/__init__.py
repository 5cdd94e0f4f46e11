"""Charts: defined once as frozen values, drawn for page and document, and given as a table of the same numbers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
