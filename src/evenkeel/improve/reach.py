"""How far a grant reaches into investigations. Whoever may see one may see its drivers and its cases, and nobody else."""

from evenkeel.ground.access import reach

from .models import CaseCoding, Closing, Driver, EvidenceCase, Investigation, InvestigationNote

_KINDS = ("organisation", "site", "team", "programme", "queue")

# One over several organisations' people has no organisation, and is therefore hidden from every vendor.
reach(Investigation, **{kind: kind for kind in _KINDS})
for _part in (Driver, InvestigationNote, Closing):
    reach(_part, **{kind: f"investigation__{kind}" for kind in _KINDS})
# A case is an item that was decided wrongly: where the item is hidden, so is the case.
_ITEM = "verdict__draw__decision__item"
reach(EvidenceCase, **{kind: f"investigation__{kind}" for kind in _KINDS}, part_of=_ITEM)
reach(CaseCoding, **{kind: f"case__investigation__{kind}" for kind in _KINDS}, part_of=f"case__{_ITEM}")
