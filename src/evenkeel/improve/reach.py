"""How far a grant reaches into investigations. Whoever may see one may see its drivers and its cases, and nobody else."""

from evenkeel.ground.access import reach

from .models import (
    AccountabilityRuling,
    BlindCoding,
    CaseCoding,
    Closing,
    Driver,
    ErrorCost,
    EvidenceCase,
    Investigation,
    InvestigationNote,
    InvestigationSource,
    Paper,
    RecipeRun,
    Recommendation,
    Validation,
    Why,
)

_KINDS = ("organisation", "site", "team", "programme", "queue")

# One over several organisations' people has no organisation, and is therefore hidden from every vendor.
reach(Investigation, **{kind: kind for kind in _KINDS})
_PARTS = (
    Driver, InvestigationNote, Closing,
    InvestigationSource, RecipeRun, Why, AccountabilityRuling, Recommendation, Validation, Paper,
)  # fmt: skip
for _part in _PARTS:
    reach(_part, **{kind: f"investigation__{kind}" for kind in _KINDS})
# A case is an item that was decided wrongly: where the item is hidden, so is the case.
_ITEM = "verdict__draw__decision__item"
reach(EvidenceCase, **{kind: f"investigation__{kind}" for kind in _KINDS}, part_of=_ITEM)
reach(CaseCoding, **{kind: f"case__investigation__{kind}" for kind in _KINDS}, part_of=f"case__{_ITEM}")
reach(BlindCoding, **{kind: f"case__investigation__{kind}" for kind in _KINDS}, part_of=f"case__{_ITEM}")
# What an error costs the house is no vendor's to see.
reach(ErrorCost, organisation=None, programme="programme")
