"""How clear the clauses of policies are, for those who write them; and the examples that sessions offer them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.kernel import Estimate
from evenkeel.policy import POLICY_EDIT

from .. import scopes
from ..acts.settling import answer_example
from ..models import ClauseClarity, ExampleRequest, UnclearClause
from ..rules.clarity import BOUND

_STANDINGS = {"clear": gettext_lazy("clear"), "unclear": gettext_lazy("unclear"), "open": gettext_lazy("not known yet")}
_TONES = {"clear": "good", "unclear": "bad", "open": "quiet"}


def estimate_of(said: dict[str, object]) -> Estimate:
    """A kept estimate; unknown for an empty one."""
    return Estimate.from_dict(said) if said else Estimate.unknown(method="none")


@page(gettext_lazy("Clauses"))
def clauses(request: PageRequest) -> HttpResponseBase:
    """Experts' agreement clause by clause, what counts for the policy, and the examples that wait to be taken."""
    actor = request.actor
    require(actor, scopes.CALIBRATION_VIEW)
    rows = visible(actor, scopes.CALIBRATION_VIEW, ClauseClarity.objects.select_related("version__policy"))
    table = Table(
        request,
        rows,
        title=_("Clauses"),
        columns=[
            Column("clause", _("Clause"), sort="clause", is_heading=True),
            Column("version", _("Guideline"), sort=["version__policy__name", "version__number"]),
            Column(
                "estimate",
                _("Experts name the same clause"),
                kind="estimate",
                bar=True,
                value=lambda each: estimate_of(each.estimate),
                help=_("Given that one expert names the clause, the chance that another one does."),
            ),
            Column("experts", _("Experts"), kind="count", sort="experts"),
            Column(
                "standing",
                _("Standing"),
                kind="badge",
                sort="standing",
                value=lambda each: _STANDINGS.get(each.standing, each.standing),
                tone=lambda each: _TONES.get(each.standing, "quiet"),
            ),
            Column("as_of", _("As of"), kind="moment", sort="as_of"),
        ],
        filters=[ChoiceFilter("standing", _("Standing"), choices=list(_STANDINGS.items()))],
        default_sort="clause",
        export_name="clauses",
        empty=Empty(
            title=_("No clause was measured yet"),
            body=_("Experts’ blind answers in calibration sessions tell how clear each clause is."),
            icon="book",
        ),
    )
    unclear = visible(actor, scopes.CALIBRATION_VIEW, UnclearClause.objects.select_related("version__policy"))
    asked = ExampleRequest.objects.filter(answered_at=None).select_related("policy", "by")
    context = {
        "table": table,
        "bound": BOUND,
        "unclear": [(each, estimate_of(each.estimate)) for each in unclear.order_by("-from_at")[:50]],
        "examples": list(visible(actor, scopes.CALIBRATION_VIEW, asked)[:50]),
        "may_edit": not actor.is_outside and bool(may(actor, POLICY_EDIT)),
    }
    return table.export() or render(request, "quality/clauses.html", context)


@require_POST
@page(gettext_lazy("Offered example"))
def example(request: PageRequest, example_request_id: UUID) -> HttpResponse:
    """Take an offered example into the guideline, or leave it."""
    rows = ExampleRequest.objects.select_related("policy")
    found = load(request.actor, POLICY_EDIT, rows, example_request_id)
    made = answer_example(request.actor, request=found, is_taken=bool(request.POST.get("take")), now=request.now)
    messages.success(
        request, _("It is an example of the guideline now.") if made.is_taken else _("The guideline stays as it is.")
    )
    return redirect("quality:clauses")
