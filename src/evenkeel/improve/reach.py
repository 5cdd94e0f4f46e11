"""How far a grant reaches into investigations."""

from evenkeel.ground.access import reach

from .models import Driver, EvidenceCase, Investigation

# An investigation over several organisations' people has none, and is therefore hidden from every vendor.
reach(Investigation, organisation="organisation", site="site", team="team", programme="programme", queue="queue")
reach(
    Driver,
    organisation="investigation__organisation",
    site="investigation__site",
    team="investigation__team",
    programme="investigation__programme",
    queue="investigation__queue",
)
reach(
    EvidenceCase,
    organisation="verdict__draw__decision__organisation",
    site="verdict__draw__decision__site",
    team="verdict__draw__decision__team",
    programme="investigation__programme",
    queue="verdict__draw__decision__queue",
)
