"""One investigation."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground import trail
from evenkeel.ground.access import Actor, load, may, visible
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.kernel import Estimate
from evenkeel.measure import PERSON_VIEW, explained, metrics
from evenkeel.people import Worker, note_look
from evenkeel.work import ITEM_VIEW, Item, item_content_html, item_summary, programme_labels

from .. import coding, queries, recipes, room, scopes, validating, words, words_room
from ..driver_charts import driver_bars
from ..drivers import ACCURACY
from ..forms import ClosingForm, NoteForm, OwnerForm, StatementForm
from ..models import SEVERITIES, CaseCoding, Driver, EvidenceCase, Investigation
from ..odd_work import odd_work_of
from ..wordings import CauseNow, causes_now
from . import charts
from .tabs import exports_of, tabs_of


@page(gettext_lazy("Investigation"))
def investigation(request: PageRequest, investigation_id: UUID) -> HttpResponse:
    """The problem, where it sits, what the cases say, what was concluded. ?cause= shows the cases of one cause."""
    return show(request, load_investigation(request.actor, investigation_id))


def load_investigation(actor: Actor, investigation_id: UUID) -> Investigation:
    """The investigation with what its page shows; `NotFound` when it is not the actor's to see."""
    rows = Investigation.objects.select_related(
        "programme", "owner__organisation", "signal", "closing__by__organisation",
        "queue", "organisation", "site__organisation", "team__site__organisation", "source",
    )  # fmt: skip
    return load(actor, scopes.VIEW, rows, investigation_id)


def show(
    request: PageRequest,
    found: Investigation,
    *,
    statement_form: StatementForm | None = None,
    owner_form: OwnerForm | None = None,
    note_form: NoteForm | None = None,
    closing_form: ClosingForm | None = None,
) -> HttpResponse:
    """Its page; a form with errors comes back on it."""
    actor = request.actor
    may_edit = bool(may(actor, scopes.EDIT, found))
    drivers = queries.drivers_for(actor, found)
    note_look(actor, workers=drivers.workers, what=found.title, now=request.now)
    causes, codings = causes_now(), coding.codings_for(actor, found)
    costs = {} if actor.is_outside else coding.costs_of(found.programme_id)
    counts = queries.cause_counts(codings.values(), causes)
    cases = cases_shown(actor, found, codings, causes=causes)
    usable = [(each.slug, each.title) for each in coding.usable_causes(causes)]
    chosen = request.GET.get("cause", "")
    sent = [form for form in (statement_form, owner_form, note_form, closing_form) if form is not None]
    context = {
        "investigation": found,
        "closing": None if found.is_open else found.closing,
        "closing_cause": None if found.is_open else queries.cause_title(found.closing.cause, causes),
        "tabs": tabs_of(found, current="investigation"),
        "exports": exports_of(found),
        "is_validated": validating.is_validated(found),
        "size": words_room.size_text(found, recipes.last_look(found), cost=room.mean_cost(codings, costs)),
        "severities": SEVERITIES,
        "metric": metrics[found.metric],
        "shows_values": explained(found.metric).is_measured,
        "headings": words.headings_of(found.metric),
        "is_accuracy": found.metric == ACCURACY,
        "baseline": Estimate.from_dict(found.baseline),
        "current": Estimate.from_dict(found.current),
        "last_before": words.last_day(found.baseline_until),
        "last_now": words.last_day(found.until),
        "verdict": words.VERDICTS[found.scan["verdict"]],
        "drivers": [driver_shown(found.metric, driver) for driver in drivers.rows],
        "has_unproven": any(driver.is_unproven for driver in drivers.rows),
        "has_beyond": any(driver.is_beyond for driver in drivers.rows),
        "hidden_drivers": drivers.hidden,
        "odd_work": odd_work_of(actor, found, drivers.rows),
        "driver_chart": driver_bars(drivers.rows, metric=found.metric) if drivers.rows else None,
        "cases": [case for case in cases if not chosen or case.cause == chosen],
        "case_count": len(cases),
        "coded_count": len(codings),
        "chosen_cause": queries.cause_title(chosen, causes) if chosen else "",
        "cause_chart": charts.cause_pareto(found, counts) if counts else None,
        "causes": usable,
        "notes": queries.notes_of(found),
        "history": history_of(found, causes),
        "actions": visible(actor, scopes.ACTION_VIEW, found.actions.all()),
        "may_act": bool(may(actor, scopes.ACTION_EDIT, found)),
        "may_edit": may_edit,
        "may_change": may_edit and found.is_open,
        "wants_validation": may_edit and found.is_open and validating.wants_validation(found),
        "costs_url": _costs_url(actor, found),
        "statement_form": statement_form or StatementForm(initial={"statement": found.statement}),
        "note_form": note_form or NoteForm(),
        "closing_form": closing_form or ClosingForm(causes=usable),
        "owner_form": owner_form
        or (OwnerForm(owners=queries.possible_owners(found, now=request.now)) if may_edit and found.is_open else None),
    }
    crumbs = [(_("Investigations"), reverse("improve:investigations"))]
    status = 422 if any(form.errors for form in sent) else 200
    return render(request, "improve/investigation.html", context, crumbs=crumbs, status=status)


def _costs_url(actor: Actor, found: Investigation) -> str:
    """Where what an error costs is set, for whoever may."""
    if found.metric != ACCURACY or not may(actor, scopes.CAUSE_EDIT, found.programme):
        return ""
    return reverse("improve:error-costs", args=[found.programme_id])


@dataclass(frozen=True, kw_only=True)
class CaseShown:
    """An evidence case as the page shows it; `worker` and `content` only where the reader may see them."""

    case: EvidenceCase
    coding: CaseCoding | None
    cause_title: Any
    severity: Any
    decided: str
    audited: str
    worker: Worker | None
    summary: str
    content: SafeString | str
    item_url: str

    @property
    def cause(self) -> str:
        """The slug of its cause; "" while it has none."""
        return self.coding.cause if self.coding else ""


def cases_shown(
    actor: Actor,
    found: Investigation,
    codings: dict[UUID, CaseCoding],
    *,
    only: Collection[UUID] | None = None,
    causes: dict[str, CauseNow] | None = None,
) -> list[CaseShown]:
    """The drawn cases, or `only` some, with items, labels by their titles, and codings."""
    rows = queries.cases_of(actor, found)
    causes = causes_now() if causes is None else causes
    cases = list(rows if only is None else rows.filter(pk__in=only))
    labels = programme_labels(found.programme)
    shows_people = bool(may(actor, PERSON_VIEW, found))
    items = Item.objects.filter(pk__in=[case.decided.item_id for case in cases])
    seen = set(visible(actor, ITEM_VIEW, items).values_list("pk", flat=True)) if actor.has(ITEM_VIEW) else set()
    return [_case(case, codings.get(case.pk), labels, seen, shows_people, causes) for case in cases]


def _case(
    case: EvidenceCase,
    said: CaseCoding | None,
    labels: dict[str, str],
    seen: set[UUID],
    shows_people: bool,
    causes: dict[str, CauseNow],
) -> CaseShown:
    verdict, decision = case.verdict, case.decided
    is_seen = decision.item_id in seen
    return CaseShown(
        case=case,
        coding=said,
        cause_title=queries.cause_title(said.cause, causes) if said else None,
        severity=dict(SEVERITIES).get(said.severity or 0, "") if said else "",
        decided=labels.get(decision.label, decision.label),
        audited=labels.get(verdict.label, verdict.label) if verdict else "",
        worker=decision.worker if shows_people else None,
        summary=item_summary(decision.item) if is_seen else "",
        content=item_content_html(decision.item) if is_seen else "",
        item_url=decision.item.get_absolute_url() if is_seen else "",
    )


@dataclass(frozen=True, kw_only=True)
class DriverShown:
    """A part of the change as the page shows it."""

    row: Driver
    cut_by: str
    before: str
    now: str
    excess: str


def driver_shown(metric: str, driver: Driver) -> DriverShown:
    """A part in the words of its metric."""
    return DriverShown(
        row=driver,
        cut_by=_dimensions(driver.dimensions),
        before=words.part_text(metric, driver.baseline_errors, driver.baseline_n),
        now=words.part_text(metric, driver.current_errors, driver.current_n),
        excess=words.excess_text(metric, driver.excess),
    )


def _dimensions(names: Sequence[str]) -> str:
    return " × ".join(str(words.DIMENSIONS[name]) for name in names)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of the history."""

    what: str
    who: str
    at: Any
    detail: str


def history_of(found: Investigation, causes: dict[str, CauseNow]) -> list[Step]:
    """What was done to it, newest first, from the trail."""
    verbs = {
        "opened": _("Opened"),
        "looked again": _("Looked again"),
        "coded a case": _("A case was given a cause"),
        "noted": _("A note was written"),
        "restated": _("The problem was put in other words"),
        "handed over": _("Handed over"),
        "closed": _("Closed"),
        "reopened": _("Opened again"),
        "ran again": _("Run again"),
        "coded blind": _("A case was coded blind"),
        "asked why": _("Why was answered"),
        "struck a why": _("An answer was struck out"),
        "ruled who answers": _("Said who answers for it"),
        "recommended": _("Recommended"),
        "began to validate": _("Validation begun"),
        "coded to validate": _("A case was coded to validate"),
        "validated": _("Validation ended"),
        "paper ordered": _("A document was asked for"),
        "paper fetched": _("A document was fetched"),
    }
    return [
        Step(
            what=verbs.get(entry.verb, entry.verb),
            who=entry.actor_name,
            at=entry.at,
            detail=_detail(entry.detail_json, causes),
        )
        for entry in trail.history(found)
    ]


def _detail(detail_json: str, causes: dict[str, CauseNow]) -> str:
    after = json.loads(detail_json).get("after", {})
    if "owner" in after:
        return str(after["owner"])
    return str(queries.cause_title(after["cause"], causes)) if "cause" in after else ""
