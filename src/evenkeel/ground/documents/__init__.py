"""Documents: title, text with links, figures, tables and call-outs as plain values, written as PDF or slides."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
