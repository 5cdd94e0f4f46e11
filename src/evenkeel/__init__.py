"""evenkeel: the human side of Trust & Safety and AI data labelling, measured and kept level."""

__version__ = "0.1.0"
