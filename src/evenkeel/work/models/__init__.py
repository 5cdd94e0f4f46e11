"""The tables of work, a file a subject.

Many foreign keys carry no index of their own (`db_index=False`): a composite index begins with the same column, or nobody
looks the rows up that way. On the table of decisions each index costs an import of millions minutes.
"""

from .decisions import Decision, TakenBack
from .forms import AnswerForm, FormVersion
from .imports import ImportRun
from .items import Item
from .media import DeskPreference, MediaFile
from .programmes import Engagement, Programme
from .queues import Queue
from .routing import RoutingRule
from .tasks import Lease, Task

__all__ = [
    "AnswerForm",
    "Decision",
    "DeskPreference",
    "Engagement",
    "FormVersion",
    "ImportRun",
    "Item",
    "Lease",
    "MediaFile",
    "Programme",
    "Queue",
    "RoutingRule",
    "TakenBack",
    "Task",
]
