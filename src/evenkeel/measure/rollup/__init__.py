"""From the log to tables of sums: each batch goes in exactly once.

A feed reads written batches that it has not consumed yet (DuckDB over those files only), then in one transaction marks
them consumed and adds their sums. Killed anywhere, either both happened or neither; two processes at the same batch
collide on a unique key and the later one leaves it alone.
"""

from . import erasing as erasing
from .feeds import rebuild, take_in

__all__ = ["rebuild", "take_in"]
