"""How far a grant reaches into investigations. Whoever may see one may see its drivers and its cases, and nobody else."""

from evenkeel.ground.access import reach

from .models import (
    AccountabilityRuling,
    Action,
    ActionLesson,
    ActionRules,
    ActionStep,
    BlindCoding,
    CaseCoding,
    CauseWording,
    Closing,
    Coached,
    Driver,
    EffectCheck,
    EffectPlan,
    ErrorCost,
    EvidenceCase,
    Extension,
    Initiative,
    InitiativeAction,
    InitiativeRisk,
    Investigation,
    InvestigationNote,
    InvestigationSource,
    MarketStatus,
    Paper,
    PlanApproval,
    RecipeRun,
    Recommendation,
    Recurrence,
    ReopenedCase,
    Stakeholder,
    StatusNote,
    Suggestion,
    SuggestionVote,
    Tollgate,
    TollgateReview,
    Validation,
    Why,
)

_KINDS = ("organisation", "site", "team", "programme", "queue")

# One over several organisations' people has no organisation, and is therefore hidden from every vendor.
reach(Investigation, **{kind: kind for kind in _KINDS})
_PARTS = (
    Driver, InvestigationNote, Closing,
    InvestigationSource, RecipeRun, AccountabilityRuling, Recommendation, Validation, Paper,
)  # fmt: skip
for _part in _PARTS:
    reach(_part, **{kind: f"investigation__{kind}" for kind in _KINDS})
# A case is an item that was decided wrongly: where the item is hidden, so is the case.
_ITEM = "decision__item"
reach(EvidenceCase, **{kind: f"investigation__{kind}" for kind in _KINDS}, part_of=_ITEM)
reach(Why, **{kind: f"investigation__{kind}" for kind in _KINDS}, part_of=f"case__{_ITEM}")
reach(CaseCoding, **{kind: f"case__investigation__{kind}" for kind in _KINDS}, part_of=f"case__{_ITEM}")
reach(BlindCoding, **{kind: f"case__investigation__{kind}" for kind in _KINDS}, part_of=f"case__{_ITEM}")
# What an error costs the house is no vendor's to see.
reach(ErrorCost, organisation=None, programme="programme")
# Causes hold for the whole install; their wordings are the house's.
reach(CauseWording, organisation=None)

reach(Action, **{kind: kind for kind in _KINDS})
for _of_action in (ActionStep, EffectPlan, Recurrence, ReopenedCase, ActionLesson):
    reach(_of_action, **{kind: f"action__{kind}" for kind in _KINDS})
for _of_plan in (Coached, PlanApproval, Extension, EffectCheck):
    reach(_of_plan, **{kind: f"plan__action__{kind}" for kind in _KINDS})
# How a programme pays and approves is the house's own.
reach(ActionRules, organisation=None, programme="programme")
reach(Initiative, organisation="organisation", programme="programme")
for _of_initiative in (Tollgate, Stakeholder, MarketStatus, InitiativeRisk, StatusNote):
    reach(_of_initiative, organisation="initiative__organisation", programme="initiative__programme")
reach(TollgateReview, organisation="tollgate__initiative__organisation", programme="tollgate__initiative__programme")
# A link shows both ends, so it is hidden where the action is.
reach(InitiativeAction, **{kind: f"action__{kind}" for kind in _KINDS})
reach(Suggestion, organisation="organisation", programme="programme")
reach(SuggestionVote, organisation="suggestion__organisation", programme="suggestion__programme")
