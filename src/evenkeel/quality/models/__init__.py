"""The tables of quality, a file a subject."""

from .audits import AuditTask as AuditTask
from .audits import Draw as Draw
from .audits import ExpertAnswer as ExpertAnswer
from .audits import LabelUpload as LabelUpload
from .audits import SamplingPlan as SamplingPlan
from .audits import Verdict as Verdict
from .deliveries import AcceptanceScheme as AcceptanceScheme
from .deliveries import Batch as Batch
from .deliveries import BatchDraw as BatchDraw
from .deliveries import BatchVerdict as BatchVerdict
from .deliveries import Inspection as Inspection
from .plans import PlanFrame as PlanFrame
from .plans import PlanVersion as PlanVersion
