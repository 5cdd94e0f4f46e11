"""The room's tables, by subject."""

from .exports.models import Export

__all__ = ["Export"]
