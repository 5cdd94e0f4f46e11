"""How far a grant reaches into work, and into the policies that work is done by.

A site's or team's people work in the programmes in which their organisation takes part. An item belongs to those too;
a decision belongs to the organisation, site and team of whoever made it, as they were then.
"""

from evenkeel.ground.access import reach
from evenkeel.policy import Policy, PolicyVersion

from .models import (
    AnswerForm,
    BulkAct,
    BulkRow,
    Decision,
    FormVersion,
    ImportRun,
    Item,
    Lease,
    Programme,
    Queue,
    Task,
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
reach(FormVersion, **_through("form__programme__"), programme="form__programme", queue="form__queues")
reach(Item, **_through("programme__"), programme="programme", queue="tasks__queue")
reach(Task, **_through("queue__programme__"), programme="queue__programme", queue="queue")
reach(
    Lease,
    organisation="worker__organisation",
    site="worker__site",
    team="worker__team",
    programme="task__queue__programme",
    queue="task__queue",
)
reach(Decision, organisation="organisation", site="site", team="team", programme="programme", queue="queue")
reach(ImportRun, organisation=None, programme="programme")
# What is changed in bulk concerns every partner's tasks; a file may hold what its maker alone may see.
reach(BulkAct, organisation=None, programme="programme")
reach(BulkRow, organisation=None, programme="act__programme", queue="task__queue")
reach(Transfer, organisation=None, programme="programme", queue="queue")

# Partners read the policies of the queues in whose programmes they take part.
reach(Policy, **_through("queues__programme__"), programme="queues__programme", queue="queues")
reach(
    PolicyVersion,
    **_through("policy__queues__programme__"),
    programme="policy__queues__programme",
    queue="policy__queues",
)
