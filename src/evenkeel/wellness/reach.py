"""How far a grant reaches into wellness: to the limits. The ledger has no reach, so no query for others can be made on it."""

from evenkeel.ground.access import reach

from .models import ExposureLimit

reach(ExposureLimit, organisation="organisation")
