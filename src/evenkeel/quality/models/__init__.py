"""The tables of quality, a file a subject."""

from .audits import AuditTask as AuditTask
from .audits import Draw as Draw
from .audits import ExpertAnswer as ExpertAnswer
from .audits import LabelUpload as LabelUpload
from .audits import SamplingPlan as SamplingPlan
from .audits import Verdict as Verdict
