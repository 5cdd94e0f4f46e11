"""The log: facts as columns.

A room declares its fact tables (`Fact`) in its `facts.py`. `append` puts rows into an outbox in the transaction of the
change they tell of; the job `flush` moves them to Parquet files, one directory per fact and day, each row exactly once,
whatever is killed in between. `append_table` does the same for bulk imports without the detour. `read` gives an Ibis
table over the files.
"""

from .facts import Fact, all_facts, fact
from .flush import flush
from .outbox import append, append_table
from .read import batches_since, connect, read, read_batches

__all__ = [
    "Fact",
    "all_facts",
    "append",
    "append_table",
    "batches_since",
    "connect",
    "fact",
    "flush",
    "read",
    "read_batches",
]
