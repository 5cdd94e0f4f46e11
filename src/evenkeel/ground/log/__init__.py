"""The log: facts as columns.

A room declares its fact tables (`Fact`) in its `facts.py`. `append` puts rows into an outbox in the transaction of the
change they tell of; the job `flush` moves them to Parquet files, one directory per fact and day, each row exactly once,
whatever is killed in between. `append_table` does the same for bulk imports without the detour. `read` gives an Ibis
table over the files. `compact` puts small files together; `verify` compares files, manifest and database; `rebuild` writes
the log anew from the database.
"""

from .checking import Verified, rebuild, set_aside_damaged, verify
from .compaction import compact, sweep
from .engines import connect, opened
from .facts import Fact, all_facts, fact, source
from .flush import flush
from .outbox import append, append_table
from .read import batches_since, read, read_batches
from .schemas import insist_on_schemas

__all__ = [
    "Fact",
    "Verified",
    "all_facts",
    "append",
    "append_table",
    "batches_since",
    "compact",
    "connect",
    "fact",
    "flush",
    "insist_on_schemas",
    "opened",
    "read",
    "read_batches",
    "rebuild",
    "set_aside_damaged",
    "source",
    "sweep",
    "verify",
]
