"""The tables of work, a file a subject.

Many foreign keys carry no index of their own (`db_index=False`): a composite index begins with the same column, or nobody
looks the rows up that way. On the table of decisions each index costs an import of millions minutes.
"""

from .appeals import Appeal, AppealRule, AppealRuling
from .backlog import OpenCount
from .bulk import BulkAct, BulkRow
from .decisions import Correction, Decision, TakenBack
from .escalations import Escalation, EscalationStep, Tier
from .event_modes import EventMode
from .forms import AnswerForm, FormVersion
from .imports import ImportRun
from .incidents import Incident, IncidentAction, IncidentEntry, IncidentLink, IncidentRole, SeverityMatrix
from .items import Item
from .media import DeskPreference, MediaFile
from .models_seen import ItemsRead, ModelSeen
from .programmes import Engagement, Programme
from .questions import AnswerReader, Question, QuestionAnswer
from .queues import Queue
from .restricted import RestrictedItem, RestrictedLane
from .routed_away import RoutedAway
from .routing import RoutingRule
from .sops import SopFinding
from .tasks import Lease, Task
from .transfers import Transfer
from .webhooks import Delivery, Endpoint

__all__ = [
    "AnswerForm",
    "AnswerReader",
    "Appeal",
    "AppealRule",
    "AppealRuling",
    "BulkAct",
    "BulkRow",
    "Correction",
    "Decision",
    "Delivery",
    "DeskPreference",
    "Endpoint",
    "Engagement",
    "Escalation",
    "EscalationStep",
    "EventMode",
    "FormVersion",
    "ImportRun",
    "Incident",
    "IncidentAction",
    "IncidentEntry",
    "IncidentLink",
    "IncidentRole",
    "Item",
    "ItemsRead",
    "Lease",
    "MediaFile",
    "ModelSeen",
    "OpenCount",
    "Programme",
    "Question",
    "QuestionAnswer",
    "Queue",
    "RestrictedItem",
    "RestrictedLane",
    "RoutedAway",
    "RoutingRule",
    "SeverityMatrix",
    "SopFinding",
    "TakenBack",
    "Task",
    "Tier",
    "Transfer",
]
