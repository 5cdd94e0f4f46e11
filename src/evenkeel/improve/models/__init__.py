"""The tables of this room, by subject."""

from .coding import SEVERITIES as SEVERITIES
from .coding import BlindCoding as BlindCoding
from .coding import CauseWording as CauseWording
from .investigations import CaseCoding as CaseCoding
from .investigations import Closing as Closing
from .investigations import Driver as Driver
from .investigations import EvidenceCase as EvidenceCase
from .investigations import Investigation as Investigation
from .investigations import InvestigationNote as InvestigationNote
from .money import ErrorCost as ErrorCost
from .papers import Paper as Paper
from .reasons import AccountabilityRuling as AccountabilityRuling
from .reasons import Recommendation as Recommendation
from .reasons import Why as Why
from .recipes import RecipeRun as RecipeRun
from .sources import InvestigationSource as InvestigationSource
from .validations import Validation as Validation
