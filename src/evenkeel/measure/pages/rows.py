"""The rows behind the figures: a person's answers, and audited decisions."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponseBase
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.people import Organisation, Site, Team, Worker, note_look
from evenkeel.quality import Verdict
from evenkeel.work import DECISION_VIEW, Decision, Programme, Queue, programme_labels, standing

from .. import scopes
from ..models import ItemFigures
from ..queries.figures import names_of
from .common import address, crumbs_of, programme_for


@page(gettext_lazy("Answers"))
def answers(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """One person's answers, or one cell of her confusion matrix."""
    programme = programme_for(request, programme_id)
    worker_id = _uuid(request, "worker")
    if worker_id is None:
        raise NotFound(_("Say whose answers: open them from a rater's figures."))
    worker = load(request.actor, scopes.PERSON_VIEW, Worker.objects.all(), worker_id)
    note_look(request.actor, workers=[worker.pk], what=_("Answers in %s") % programme.name, now=request.now)
    truth, label = _text(request, "truth"), _text(request, "label")
    rows = visible(request.actor, DECISION_VIEW, standing(Decision.objects.filter(programme=programme, worker=worker)))
    if truth:
        rows = rows.filter(item__in=ItemFigures.objects.filter(programme=programme, expert_label=truth).values("item"))
    if label:
        rows = rows.filter(label=label)
    expert = ItemFigures.objects.filter(item=OuterRef("item")).values("expert_label")[:1]
    table = _answer_table(request, rows.select_related("item", "queue").annotate(expert_label=Subquery(expert)))
    context = {
        "programme": programme,
        "worker": worker,
        "narrowed": [(name, value) for name, value in ((_("Expert"), truth), (_("Given"), label)) if value],
        "table": table,
    }
    crumbs = [
        *crumbs_of(programme, deeper=True),
        (worker.name, address("measure:rater", programme.pk, worker.pk)),
    ]
    return table.export() or render(request, "measure/answers.html", context, crumbs=crumbs)


def _answer_table(request: HttpRequest, rows: QuerySet[Decision]) -> Table:
    return Table(
        request,
        rows,
        title=_("Answers"),
        columns=[
            Column("item.key", _("Item"), link=lambda row: address("work:item", row.item_id)),
            Column("label", _("Given"), sort="label", link=lambda row: address("work:decision", row.pk)),
            Column("expert_label", _("Expert")),
            Column("queue.name", _("Queue")),
            Column("replicate", _("Time"), kind="count", optional=True, help=_("1 = the first answer to the item.")),
            Column("active_ms", _("Active time"), kind="duration_ms", sort="active_ms"),
            Column("decided_at", _("When"), kind="moment", sort=["decided_at", "id"]),
        ],
        default_sort="-decided_at",
        export_name="answers",
        empty=Empty(title=_("No answers here"), body=_("Nothing fits, or it is not yours to see."), icon="list"),
    )


@page(gettext_lazy("Audited decisions"))
def audits(request: PageRequest, programme_id: UUID) -> HttpResponseBase:
    """The audited decisions behind an accuracy, each with its odds."""
    programme = programme_for(request, programme_id)
    since, until = _day(request, "since"), _day(request, "until")
    rows = Verdict.objects.filter(draw__plan__programme=programme, corrected_by=None)
    if since:
        rows = rows.filter(draw__decision__decided_at__gte=_midnight(since))
    if until:
        rows = rows.filter(draw__decision__decided_at__lt=_midnight(until))
    narrowed: list[tuple[str, str]] = []
    tables: dict[str, tuple[str, type[Any]]] = {
        "queue": (_("Queue"), Queue),
        "organisation": (_("Organisation"), Organisation),
        "site": (_("Site"), Site),
        "team": (_("Team"), Team),
        "worker": (_("Moderator"), Worker),
    }
    worker_id = _uuid(request, "worker")
    if worker_id is not None:
        worker = load(request.actor, scopes.PERSON_VIEW, Worker.objects.all(), worker_id)
        seen = _("Audited decisions in %s") % programme.name
        note_look(request.actor, workers=[worker.pk], what=seen, now=request.now)
    for name, (title, model) in tables.items():
        chosen = _uuid(request, name)
        if chosen is not None:
            rows = rows.filter(**{f"draw__decision__{name}": chosen})
            narrowed.append((title, names_of(model, {chosen}).get(chosen, "–")))
    if label := _text(request, "label"):
        rows = rows.filter(label=label)
        narrowed.append((_("Audited as"), programme_labels(programme).get(label, label)))
    rows = visible(request.actor, "quality:audit:view", rows)
    table = _audit_table(request, rows.select_related("draw__decision__item", "draw__decision__worker"), programme)
    context = {
        "programme": programme,
        "table": table,
        "narrowed": narrowed,
        "since": since,
        "last": date.fromordinal(until.toordinal() - 1) if until else None,
    }
    return table.export() or render(request, "measure/audits.html", context, crumbs=crumbs_of(programme, deeper=True))


def _audit_table(request: PageRequest, rows: QuerySet[Verdict], programme: Programme) -> Table:
    shows_people = request.actor.has(scopes.PERSON_VIEW)
    people = [Column("draw.decision.worker.name", _("Decided by"), link=_rater_link(programme))] if shows_people else []
    return Table(
        request,
        rows,
        title=_("Audited decisions"),
        columns=[
            Column(
                "draw.decision.item.key",
                _("Item"),
                link=lambda row: address("work:decision", row.draw.decision_id),
            ),
            Column(
                "is_right",
                _("Verdict"),
                kind="badge",
                value=lambda row: _("right") if row.is_right else row.get_error_class_display(),
                tone=lambda row: "good" if row.is_right else "bad",
                sort="is_right",
            ),
            Column("draw.decision.label", _("Decided")),
            Column("label", _("Audited as"), sort="label"),
            *people,
            Column(
                "draw.pi",
                _("Odds"),
                kind="percent",
                help=_("The odds with which the decision was drawn."),
                optional=True,
            ),
            Column("draw.decision.decided_at", _("Decided at"), kind="moment", sort="draw__decision__decided_at"),
            Column("audited_at", _("Audited at"), kind="moment", sort="audited_at"),
            Column("comment", _("Comment"), optional=True),
        ],
        filters=[
            ChoiceFilter("right", _("Verdict"), choices=[("True", _("right")), ("False", _("wrong"))], field="is_right")
        ],
        default_sort="-audited_at",
        export_name="audits",
        empty=Empty(
            title=_("No audited decisions here"),
            body=_("Nothing fits, or it is not yours to see."),
            icon="clipboard-check",
        ),
    )


def _rater_link(programme: Programme) -> Any:
    return lambda row: address("measure:rater", programme.pk, row.draw.decision.worker_id)


def _text(request: HttpRequest, name: str) -> str:
    # NUL is no text to PostgreSQL.
    return request.GET.get(name, "").replace("\0", "")[:200]


def _uuid(request: HttpRequest, name: str) -> UUID | None:
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
