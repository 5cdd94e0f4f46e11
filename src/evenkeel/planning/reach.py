"""How far a grant reaches into the floor: as far as into its queues."""

from evenkeel.ground.access import reach

from .models import BacklogTarget

_PARTNERS = "queue__programme__engagements__organisation"

reach(
    BacklogTarget,
    organisation=_PARTNERS,
    site=f"{_PARTNERS}__sites",
    team=f"{_PARTNERS}__sites__teams",
    programme="queue__programme",
    queue="queue",
)
