"""The tables of this room, by subject."""

from .investigations import CaseCoding as CaseCoding
from .investigations import Closing as Closing
from .investigations import Driver as Driver
from .investigations import EvidenceCase as EvidenceCase
from .investigations import Investigation as Investigation
from .investigations import InvestigationNote as InvestigationNote
from .actions import Action as Action  # isort: skip
