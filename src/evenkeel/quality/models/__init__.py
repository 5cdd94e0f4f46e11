"""The tables of quality, by subject."""

from .audits import AuditTask, Verdict
from .experts import ExpertAnswer
from .sampling import Draw, SamplingPlan
from .tools import Mapping, MappingVersion, OutsideReview, OutsideRow, Tool, ToolRun
from .uploads import LabelUpload

__all__ = [
    "AuditTask",
    "Draw",
    "ExpertAnswer",
    "LabelUpload",
    "Mapping",
    "MappingVersion",
    "OutsideReview",
    "OutsideRow",
    "SamplingPlan",
    "Tool",
    "ToolRun",
    "Verdict",
]
