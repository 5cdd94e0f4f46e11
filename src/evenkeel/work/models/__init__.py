"""The tables of work, a file a subject.

Many foreign keys carry no index of their own (`db_index=False`): a composite index begins with the same column, or nobody
looks the rows up that way. On the table of decisions each index costs an import of millions minutes.
"""

from .bulk import BulkAct, BulkRow
from .decisions import Decision, TakenBack
from .forms import AnswerForm, FormVersion
from .imports import ImportRun
from .items import Item
from .programmes import Engagement, Programme
from .queues import Queue
from .tasks import Lease, Task
from .transfers import Transfer

__all__ = [
    "AnswerForm",
    "BulkAct",
    "BulkRow",
    "Decision",
    "Engagement",
    "FormVersion",
    "ImportRun",
    "Item",
    "Lease",
    "Programme",
    "Queue",
    "TakenBack",
    "Task",
    "Transfer",
]
