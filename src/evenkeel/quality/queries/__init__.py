"""What pages and other rooms may ask about quality, a file a subject. Counts only: figures are `measure`'s."""

from .audits import AuditorCount as AuditorCount
from .audits import Coverage as Coverage
from .audits import answer_in_force as answer_in_force
from .audits import answers_about as answers_about
from .audits import answers_in_force as answers_in_force
from .audits import audits_by_auditor as audits_by_auditor
from .audits import coverage_of_plans as coverage_of_plans
from .audits import coverage_of_programmes as coverage_of_programmes
from .audits import verdict_in_force as verdict_in_force
from .audits import verdicts_in_force as verdicts_in_force
from .audits import verdicts_of as verdicts_of
from .audits import waiting_for as waiting_for
from .outlook import PlanOutlook as PlanOutlook
from .outlook import plan_outlook as plan_outlook
