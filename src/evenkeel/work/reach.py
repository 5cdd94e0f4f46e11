"""How far a grant reaches into work, and into the policies that work is done by.

A site's or team's people work in the programmes in which their organisation takes part. An item belongs to those too;
a decision belongs to the organisation, site and team of whoever made it, as they were then.
"""

from evenkeel.ground.access import reach, veil
from evenkeel.policy import ChangeRequest, Policy, PolicyVersion

from .models import (
    AnswerForm,
    AnswerReader,
    Appeal,
    AppealRuling,
    BulkAct,
    BulkRow,
    Correction,
    Decision,
    Delivery,
    DeskPreference,
    Endpoint,
    Escalation,
    EventMode,
    FormVersion,
    ImportRun,
    Incident,
    IncidentAction,
    Item,
    Lease,
    MediaFile,
    ModelSeen,
    Programme,
    Question,
    QuestionAnswer,
    Queue,
    RestrictedItem,
    RestrictedLane,
    RoutedAway,
    RoutingRule,
    SopFinding,
    Task,
    Tier,
    Transfer,
)


def _through(programme: str) -> dict[str, str]:
    organisation = f"{programme}engagements__organisation"
    return {
        "organisation": organisation,
        "site": f"{organisation}__sites",
        "team": f"{organisation}__sites__teams",
    }


reach(Programme, **_through(""), programme="pk", queue="queues")
reach(Queue, **_through("programme__"), programme="programme", queue="pk")
reach(AnswerForm, **_through("programme__"), programme="programme", queue="queues")
reach(ModelSeen, **_through("programme__"), programme="programme")
reach(FormVersion, **_through("form__programme__"), programme="form__programme", queue="form__queues")
reach(RoutingRule, **_through("programme__"), programme="programme", queue="queue")
reach(Item, **_through("programme__"), programme="programme", queue="tasks__queue", part_of="pk")
reach(Task, **_through("queue__programme__"), programme="queue__programme", queue="queue", part_of="item")
reach(
    Lease,
    organisation="worker__organisation",
    site="worker__site",
    team="worker__team",
    programme="task__queue__programme",
    queue="task__queue",
    part_of="task__item",
)
_MAKERS = {"organisation": "organisation", "site": "site", "team": "team", "programme": "programme", "queue": "queue"}
reach(Decision, **_MAKERS, part_of="item")
reach(Correction, **{kind: f"first__{path}" for kind, path in _MAKERS.items()}, part_of="first__item")
reach(ImportRun, organisation=None, programme="programme")
reach(MediaFile, **_through("programme__"), programme="programme", queue="programme__queues")
reach(DeskPreference, organisation="worker__organisation", site="worker__site", team="worker__team")
# What is changed in bulk concerns every partner's tasks; a file may hold what its maker alone may see.
reach(BulkAct, organisation=None, programme="programme")
reach(BulkRow, organisation=None, programme="act__programme", queue="task__queue", part_of="task__item")
reach(Transfer, organisation=None, programme="programme", queue="queue")

# Partners read the policies of the queues in whose programmes they take part.
reach(Policy, **_through("queues__programme__"), programme="queues__programme", queue="queues")
reach(
    PolicyVersion,
    **_through("policy__queues__programme__"),
    programme="policy__queues__programme",
    queue="policy__queues",
)

# What a partner's people asked for is theirs to see, wherever the policy is used.
reach(
    ChangeRequest,
    organisation="organisation",
    programme="policy__queues__programme",
    queue="policy__queues",
)

# A question is its asker's organisation's; its answer comes to others by `AnswerReader`, row by row.
_ASKERS = {"organisation": "organisation", "site": "worker__site", "team": "worker__team"}
reach(Question, **_ASKERS, programme="programme", queue="queue", own="worker__person", part_of="item")
reach(
    QuestionAnswer,
    **{kind: f"question__{path}" for kind, path in _ASKERS.items()},
    programme="question__programme",
    queue="question__queue",
    own="question__worker__person",
    part_of="question__item",
)
reach(
    AnswerReader,
    organisation="worker__organisation",
    site="worker__site",
    team="worker__team",
    programme="answer__question__programme",
    queue="answer__question__queue",
    own="worker__person",
    part_of="answer__question__item",
)
reach(Tier, **_through("programme__"), programme="programme", queue="programme__queues")
reach(Escalation, **_MAKERS, part_of="item")
# An appeal belongs where the decision does that it is about.
reach(Appeal, **_MAKERS, part_of="item")
reach(AppealRuling, **{kind: f"appeal__{path}" for kind, path in _MAKERS.items()}, part_of="appeal__item")
reach(
    RoutedAway,
    organisation="worker__organisation",
    site="worker__site",
    team="worker__team",
    programme="queue__programme",
    queue="queue",
    own="worker__person",
)
reach(
    SopFinding,
    organisation="organisation",
    site="worker__site",
    team="worker__team",
    programme="queue__programme",
    queue="queue",
    own="worker__person",
    part_of="item",
)
# How the house runs: none of a partner's business.
reach(Endpoint, organisation=None, programme="programme")
reach(Delivery, organisation=None, programme="endpoint__programme")
reach(RestrictedLane, organisation=None, programme="programme")
reach(RestrictedItem, organisation=None, programme="lane__programme")
reach(Incident, organisation=None, programme="programme")
reach(IncidentAction, organisation=None, programme="incident__programme", own="owner")
reach(EventMode, organisation=None, programme="programme")

# What lies in a restricted lane is found by no scope on items, decisions and the rest: only through its lane.
veil(Item, by=RestrictedItem, at="item")
