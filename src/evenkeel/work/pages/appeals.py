"""Users' appeals: all within reach, the next for me, one to rule on, and a queue's rule about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table, TextFilter
from evenkeel.ground.trying import tried
from evenkeel.people import Worker

from .. import scopes
from ..acts.appeals import form_of, overturn, set_appeal_rule, take_appeal, uphold
from ..models import Appeal, AppealRule, AppealRuling, Queue
from ..queries.appeals import appeals_of, eligible_appeals, why_not
from ..queries.asked import asked_spec
from ..queries.desk import item_content_html
from ..queries.programmes import LabelTitles
from ..rules.appeals import USUAL_MINUTES
from ..rules.escalations import MINUTES
from .answer_form import AnswerControls, answered
from .escalations import clock_of

_APPEALS = (gettext_lazy("Appeals"), "/work/appeals/")


@page(
    gettext_lazy("Appeals"),
    name="work:appeals",
    nav=Nav(section="work", icon="scale", order=34, scope=scopes.APPEAL_VIEW),
)
def appeals(request: PageRequest) -> HttpResponseBase:
    """Every appeal within reach, and how many I may rule on."""
    queues = visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.order_by("name"))
    table = Table(
        request,
        appeals_of(request.actor),
        title=_("Appeals"),
        columns=_columns(request),
        filters=[
            TextFilter("q", _("Search by key"), fields=["key", "item.key"]),
            _StateFilter("state", _("State"), choices=(("open", _("open")), *AppealRuling.OUTCOMES)),
            ChoiceFilter("queue", _("Queue"), choices=lambda: [(each.pk, each.name) for each in queues]),
            PeriodFilter("received", _("Came in"), field="received_at"),
        ],
        default_sort="-received_at",
        export_name="appeals",
        empty=Empty(
            title=_("No appeals yet"),
            body=_("Your product sends them by the API, each with a key. Somebody else than the first decider rules."),
            icon="scale",
        ),
    )
    worker = _worker(request) if request.actor.has(scopes.APPEAL_RULE) else None
    waiting = eligible_appeals(request.actor, worker, now=request.now)[:100].count() if worker else 0
    context = {"table": table, "waiting": waiting, "may_rule": worker is not None}
    return table.export() or render(request, "work/appeals.html", context)


@require_POST
@page(gettext_lazy("Take an appeal"))
def taking(request: PageRequest) -> HttpResponse:
    """Take the next appeal that I may rule on."""
    require(request.actor, scopes.APPEAL_RULE)
    found = take_appeal(request.actor, now=request.now)
    if found is not None:
        return redirect(found)
    messages.info(request, _("No appeal waits for you. Those about items that you decided go to others."))
    return redirect("work:appeals")


class RulingForm(forms.Form):
    outcome = forms.ChoiceField(label=gettext_lazy("Ruling"), choices=AppealRuling.OUTCOMES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The system that sent the appeal is told it, word by word."),
    )


@page(gettext_lazy("Appeal"))
def appeal(request: PageRequest, appeal_id: UUID) -> HttpResponse:
    """One appeal: what was decided, what the user says, and the ruling; POST rules."""
    rows = Appeal.objects.select_related(
        "item", "programme", "queue", "decision__form_version", "worker__organisation", "holder__organisation",
        "ruling__worker__organisation", "ruling__correction",
    )  # fmt: skip
    found = load(request.actor, scopes.APPEAL_VIEW, rows, appeal_id)
    is_open = found.closed_at is None
    may_rule = is_open and bool(may(request.actor, scopes.APPEAL_RULE, found))
    worker = _worker(request) if may_rule else None
    sent = request.POST if request.method == "POST" else None
    form = RulingForm(sent)
    controls = _controls(request, found, sent) if may_rule else None
    if request.method == "POST":
        require(request.actor, scopes.APPEAL_RULE, found)
        if _ruled(request, found, form, controls) is not None:
            messages.success(request, _("Ruled. The system that sent the appeal is told."))
            return redirect("work:appeals")
    seconds, is_over = clock_of(found.due_at, request.now)
    titles = LabelTitles()
    corrected = found.ruling.correction if hasattr(found, "ruling") else None
    context = {
        "appeal": found,
        "state": _state(request, found),
        "content": item_content_html(found.item),
        "decided": titles.of(found.decision.label, found.programme),
        "corrected": titles.of(corrected.label, found.programme) if corrected else "",
        "why_not": why_not(found, worker, now=request.now) if worker else None,
        "may_rule": worker is not None,
        "sees_decision": may(request.actor, scopes.DECISION_VIEW, found.decision),
        "form": form,
        "controls": controls,
        "seconds": seconds,
        "is_over": is_over,
        "is_open": is_open,
    }
    is_wrong = bool(form.errors or (controls and controls.errors))
    return render(request, "work/appeal.html", context, crumbs=[_APPEALS], status=422 if is_wrong else 200)


class AppealRuleForm(forms.Form):
    is_other_team = forms.BooleanField(
        label=gettext_lazy("Somebody of another team rules"),
        required=False,
        help_text=gettext_lazy("It is never whoever decided first."),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes to rule"), min_value=MINUTES[0], max_value=MINUTES[1])


@page(gettext_lazy("Rule about appeals"))
def appeal_rule(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """Say how a queue's appeals are ruled on."""
    queue = load(request.actor, scopes.QUEUE_VIEW, Queue.objects.select_related("programme"), queue_id)
    require(request.actor, scopes.QUEUE_EDIT, queue)
    rule = AppealRule.objects.filter(queue=queue).first() or AppealRule(queue=queue, minutes=USUAL_MINUTES)
    form = AppealRuleForm(request.POST or None, initial={"is_other_team": rule.is_other_team, "minutes": rule.minutes})
    if request.method == "POST":
        made = tried(form, lambda said: set_appeal_rule(request.actor, queue=queue, now=request.now, **said))
        if made is not None:
            messages.success(request, _("The rule holds from now on."))
            return redirect(queue)
    crumbs = [(queue.programme.name, queue.programme.get_absolute_url()), (queue.name, queue.get_absolute_url())]
    context = {"queue": queue, "form": form}
    return render(request, "work/appeal_rule.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _columns(request: PageRequest) -> list[Column]:
    titles = LabelTitles()
    columns = [
        Column("key", _("Appeal"), kind="code", link=lambda each: each.get_absolute_url(), sort="key"),
        Column("item.key", _("Item"), kind="code"),
        Column("queue.name", _("Queue"), sort="queue__name"),
        Column("decision.label", _("Decided"), value=lambda each: titles.of(each.decision.label, each.programme)),
        Column("worker", _("By"), kind="person"),
        Column("received_at", _("Came in"), kind="moment", sort="received_at"),
        Column("due_at", _("Due"), kind="moment", sort="due_at"),
        Column(
            "state",
            _("State"),
            kind="badge",
            value=lambda each: _state(request, each)[0],
            tone=lambda each: _state(request, each)[1],
        ),
    ]
    # Whoever rules does not need to know whose decision it was.
    sees_people = request.actor.has(scopes.DECISION_VIEW)
    return [column for column in columns if sees_people or column.name != "worker"]


def _ruled(
    request: PageRequest, found: Appeal, form: RulingForm, controls: AnswerControls | None
) -> AppealRuling | None:
    """The ruling; None when something was left out, with the reasons on the forms."""
    if not form.is_valid() or controls is None:
        return None
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["outcome"] == AppealRuling.UPHELD:
        return tried(form, lambda _said: uphold(request.actor, appeal=found, reason=reason, now=request.now))
    return answered(
        controls,
        lambda answer: overturn(request.actor, appeal=found, answer=answer, reason=reason, now=request.now),
    )


def _controls(request: PageRequest, found: Appeal, sent: QueryDict | None) -> AnswerControls:
    """The form of the decision that is appealed; asked only of whoever overturns it."""
    moments = [request.now, *([found.held_at] if found.held_at else [])]
    spec = asked_spec(form_of(found.decision), found.queue, *moments)
    return AnswerControls(sent, spec=spec, when=("outcome", AppealRuling.OVERTURNED))


def _worker(request: PageRequest) -> Worker | None:
    worker_id = request.actor.worker_id
    return Worker.objects.filter(pk=worker_id).first() if worker_id else None


def _state(request: PageRequest, each: Appeal) -> tuple[str, str]:
    ruling: AppealRuling | None = getattr(each, "ruling", None)
    if ruling is not None:
        return str(ruling.get_outcome_display()), "quiet" if ruling.outcome == AppealRuling.UPHELD else "info"
    return (_("overdue"), "bad") if each.due_at <= request.now else (_("open"), "warn")


class _StateFilter(ChoiceFilter):
    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(closed_at=None) if value[0] == "open" else rows.filter(ruling__outcome=value[0])
