"""How far a grant reaches into quality. A draw belongs where its decision does: a partner's people see their own only."""

from evenkeel.ground.access import reach

from .models import (
    AcceptanceScheme,
    AgreementCut,
    AuditCheck,
    AuditorRule,
    AuditTask,
    Batch,
    BatchDraw,
    BatchVerdict,
    CalibrationAnswer,
    CalibrationCase,
    CalibrationRemark,
    CalibrationSeat,
    CalibrationSession,
    CheckAnswer,
    CheckRule,
    ClauseClarity,
    Dispute,
    DisputeReason,
    DisputeRule,
    DisputeSettlement,
    Draw,
    Exam,
    ExamCall,
    ExampleRequest,
    ExamSitting,
    ExpertAnswer,
    FollowUp,
    Gate,
    GateReturn,
    GateVerdict,
    Gold,
    GoldAnswer,
    GoldExport,
    GoldHanding,
    GoldMix,
    GoldStep,
    GoldVoice,
    Inspection,
    IntegrityLook,
    IntegrityRun,
    LabelCheck,
    LabelDoubt,
    LabelReading,
    LabelUpload,
    LookOutcome,
    Mapping,
    MappingRhythm,
    MappingVersion,
    OutsideReview,
    OutsideRow,
    PlanFrame,
    PlanVersion,
    SamplingPlan,
    Scorecard,
    ScorecardUse,
    ScorecardVersion,
    Scoring,
    Settlement,
    SkillFigure,
    Tool,
    ToolRun,
    UnclearClause,
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
reach(MappingRhythm, organisation=None, programme="mapping__tool__programme")
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
# A session belongs to whoever is invited; each sees her own seat, and with others' roles only her own organisation's.
_SEATS = {
    "organisation": "seats__organisation",
    "site": "seats__site",
    "team": "seats__team",
    "own": "seats__worker__person",
}
reach(CalibrationSession, **_SEATS, programme="programme", queue="queue")
reach(
    CalibrationCase,
    **{kind: f"session__{path}" for kind, path in _SEATS.items()},
    programme="session__programme",
    queue="session__queue",
    part_of="item",
)
reach(
    CalibrationSeat,
    organisation="organisation",
    site="site",
    team="team",
    programme="session__programme",
    queue="session__queue",
    own="worker__person",
)
reach(
    CalibrationAnswer,
    organisation="seat__organisation",
    site="seat__site",
    team="seat__team",
    programme="case__session__programme",
    queue="case__session__queue",
    own="seat__worker__person",
    part_of="case__item",
)
reach(CalibrationRemark, organisation="organisation", programme="case__session__programme", part_of="case__item")
reach(
    Settlement,
    **{kind: f"case__session__{path}" for kind, path in _SEATS.items()},
    programme="case__session__programme",
    queue="case__session__queue",
    part_of="case__item",
)
reach(GoldExport, organisation=None, programme="programme", part_of="item")
reach(ExampleRequest, organisation=None, programme="programme", part_of="settlement__case__item")
# A policy belongs to no vendor, and neither does how clear it is.
reach(ClauseClarity, organisation=None)
reach(UnclearClause, organisation=None)
reach(LabelReading, organisation=None, programme="programme")
reach(AgreementCut, organisation="organisation", programme="programme")
reach(LabelDoubt, organisation=None, programme="programme", part_of="item")
reach(LabelCheck, organisation=None, programme="programme", part_of="draw__decision__item")

# Whoever knows the golden items needs no skill: partners see none, nor which of their people met which.
reach(Gold, organisation=None, programme="programme", part_of="item")
reach(GoldVoice, organisation=None, programme="gold__programme", part_of="gold__item")
reach(GoldStep, organisation=None, programme="gold__programme", part_of="gold__item")
reach(GoldMix, organisation=None, programme="queue__programme", queue="queue")
reach(GoldHanding, organisation=None, programme="queue__programme", queue="queue", part_of="gold__item")
reach(GoldAnswer, organisation=None, programme="queue__programme", queue="queue", part_of="gold__item")
reach(Exam, organisation=None, programme="queue__programme", queue="queue")
reach(Gate, organisation=None, programme="queue__programme", queue="queue")
# What a test found is a matter of whoever employs her, and hers.
_HERS = {
    "organisation": "worker__organisation",
    "site": "worker__site",
    "team": "worker__team",
    "own": "worker__person",
}
reach(SkillFigure, **_HERS)
reach(ExamSitting, **_HERS, programme="exam__queue__programme", queue="exam__queue")
reach(ExamCall, **_HERS, programme="exam__queue__programme", queue="exam__queue")
reach(GateVerdict, **_HERS, programme="gate__queue__programme", queue="gate__queue")
reach(
    GateReturn,
    **{kind: f"verdict__{path}" for kind, path in _HERS.items()},
    programme="verdict__gate__queue__programme",
    queue="verdict__gate__queue",
)
reach(
    AuditCheck,
    organisation="organisation",
    site="draw__decision__site",
    team="draw__decision__team",
    programme="programme",
    queue="queue",
    part_of="draw__decision__item",
)
reach(
    CheckAnswer,
    organisation="audit_check__organisation",
    programme="audit_check__programme",
    queue="audit_check__queue",
    part_of="audit_check__draw__decision__item",
)
reach(CheckRule, organisation=None, programme="plan__programme", queue="plan__queue")
reach(AuditorRule, organisation=None, programme="queue__programme", queue="queue")
# A vendor may read what its decisions are scored by.
reach(Scorecard, organisation="programme__engagements__organisation", programme="programme")
reach(
    ScorecardVersion, organisation="scorecard__programme__engagements__organisation", programme="scorecard__programme"
)
reach(ScorecardUse, organisation=None, programme="programme")
reach(
    Scoring,
    organisation="verdict__draw__decision__organisation",
    site="verdict__draw__decision__site",
    team="verdict__draw__decision__team",
    programme="verdict__draw__plan__programme",
    queue="verdict__draw__decision__queue",
    part_of="verdict__draw__decision__item",
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
