"""Every figure that anybody sees: the metric catalogue, roll-ups of the log, studies, control charts and signals."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
