"""The log: facts as columns.

A room declares its fact tables (`Fact`) in its `facts.py`. `append` puts rows into an outbox in the transaction of the
change they tell of; the job `flush` moves them to Parquet files, one directory per fact and day, each row exactly once,
whatever is killed in between. `append_table` does the same for bulk imports without the detour. `read` gives an Ibis
table over the files, on DuckDB or Spark; `computed` answers an expression over it. `compact` puts small files together;
`verify` compares files, manifest and database; `rebuild` writes the log anew from the database. `retain` lets old days
leave; `ask_to_replace` and `replace_asked` put another id in the place of a person's.
"""

from .asking import computed, narrowed, summed_by
from .checking import Verified, answer, rebuild, set_aside_damaged, set_aside_rows, verify
from .compaction import compact, sweep
from .engines import connect, opened
from .erasing import ask_to_replace, replace_asked, rows_with, settle
from .facts import Fact, all_facts, fact, source
from .flush import flush
from .manifest import ManifestState, manifest_state
from .outbox import append, append_table
from .read import batches_since, facts_written, read, read_batches
from .readers import reader
from .retention import Leaving, horizons, insist_on_known_facts, leaving, retain
from .schemas import insist_on_schemas, versions
from .standing import LogFaults, LogStanding, log_faults, log_standing

__all__ = [
    "Fact",
    "Leaving",
    "LogFaults",
    "LogStanding",
    "ManifestState",
    "Verified",
    "all_facts",
    "answer",
    "append",
    "append_table",
    "ask_to_replace",
    "batches_since",
    "compact",
    "computed",
    "connect",
    "fact",
    "facts_written",
    "flush",
    "horizons",
    "insist_on_known_facts",
    "insist_on_schemas",
    "leaving",
    "log_faults",
    "log_standing",
    "manifest_state",
    "narrowed",
    "opened",
    "read",
    "read_batches",
    "reader",
    "rebuild",
    "replace_asked",
    "retain",
    "rows_with",
    "set_aside_damaged",
    "set_aside_rows",
    "settle",
    "source",
    "summed_by",
    "sweep",
    "verify",
    "versions",
]
