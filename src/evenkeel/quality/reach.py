"""How far a grant reaches into quality. A draw belongs where its decision does: a partner's people see their own only."""

from evenkeel.ground.access import reach

from .models import (
    AcceptanceScheme,
    AuditTask,
    Batch,
    BatchDraw,
    BatchVerdict,
    Dispute,
    DisputeReason,
    DisputeRule,
    Draw,
    ExpertAnswer,
    FollowUp,
    Inspection,
    IntegrityLook,
    IntegrityRun,
    LabelUpload,
    LookOutcome,
    Mapping,
    MappingVersion,
    OutsideReview,
    OutsideRow,
    PlanFrame,
    PlanVersion,
    SamplingPlan,
    DisputeSettlement,
    Tool,
    ToolRun,
    Verdict,
)

_TAKES_PART = "programme__engagements__organisation"

reach(
    SamplingPlan,
    organisation=_TAKES_PART,
    site=f"{_TAKES_PART}__sites",
    team=f"{_TAKES_PART}__sites__teams",
    programme="programme",
    queue="queue",
)
reach(
    Draw,
    organisation="decision__organisation",
    site="decision__site",
    team="decision__team",
    programme="plan__programme",
    queue="decision__queue",
    part_of="decision__item",
)
reach(
    AuditTask,
    organisation="organisation",
    site="draw__decision__site",
    team="draw__decision__team",
    programme="programme",
    queue="queue",
    part_of="draw__decision__item",
)
reach(
    Verdict,
    organisation="draw__decision__organisation",
    site="draw__decision__site",
    team="draw__decision__team",
    programme="draw__plan__programme",
    queue="draw__decision__queue",
    own="draw__decision__worker__person",
    part_of="draw__decision__item",
)
# Whoever sees the right answers beforehand needs no skill: partners do not.
reach(ExpertAnswer, organisation=None, programme="programme", part_of="item")
reach(LabelUpload, organisation="organisation", own="by")
# What another tool says concerns every organisation's people: partners bring nothing in, and see no mapping.
reach(Tool, organisation=None, programme="programme")
reach(Mapping, organisation=None, programme="tool__programme")
reach(MappingVersion, organisation=None, programme="mapping__tool__programme")
reach(OutsideRow, organisation=None, programme="tool__programme")
reach(ToolRun, organisation=None, programme="tool__programme")
reach(
    OutsideReview,
    organisation="decision__organisation",
    site="decision__site",
    team="decision__team",
    programme="decision__programme",
    queue="decision__queue",
    part_of="decision__item",
)
# Odds name people, queues and vendors of everybody's: our own see them.
reach(PlanVersion, organisation=None, programme="plan__programme", queue="plan__queue")
reach(PlanFrame, organisation=None, programme="version__plan__programme", queue="version__plan__queue")
reach(AcceptanceScheme, organisation="organisation", programme="programme")
reach(Inspection, organisation="scheme__organisation", programme="scheme__programme")
reach(Batch, organisation="scheme__organisation", programme="scheme__programme", queue="queue")
reach(
    BatchDraw,
    organisation="batch__scheme__organisation",
    programme="batch__scheme__programme",
    queue="batch__queue",
    part_of="draw__decision__item",
)
reach(
    BatchVerdict, organisation="batch__scheme__organisation", programme="batch__scheme__programme", queue="batch__queue"
)
reach(
    Dispute,
    organisation="organisation",
    site="site",
    team="team",
    programme="programme",
    queue="queue",
    own="worker__person",
    part_of="verdict__draw__decision__item",
)
reach(
    DisputeSettlement,
    organisation="dispute__organisation",
    site="dispute__site",
    team="dispute__team",
    programme="dispute__programme",
    queue="dispute__queue",
    part_of="dispute__verdict__draw__decision__item",
)
# What follows is our own affair: a proposed golden item tells a right answer.
reach(FollowUp, organisation=None, programme="programme", part_of="item")
reach(DisputeRule, organisation=None, programme="programme")
reach(DisputeReason, organisation=None)
# Nobody but the house's own people ever sees a look, not even the organisation whose person it is about.
reach(IntegrityRun, organisation=None)
reach(IntegrityLook, organisation=None)
reach(LookOutcome, organisation=None)
