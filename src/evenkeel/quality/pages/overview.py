"""The room's own page: everything that a quality department runs on, by purpose; each sees what she may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.errors import Refused
from evenkeel.ground.pages import Nav, PageRequest, page, render

from .. import scopes


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to a page: its title, what one finds there, and who may open it."""

    title: Any
    what: Any
    view_name: str
    scope: str


PURPOSES: tuple[tuple[Any, str, tuple[Way, ...]], ...] = (
    (
        gettext_lazy("Look at work"),
        "clipboard-check",
        (
            Way(title=gettext_lazy("Audits"), what=gettext_lazy("what waits to be judged"),
                view_name="quality:audits", scope=scopes.AUDIT_DO),
            Way(title=gettext_lazy("Sampling"), what=gettext_lazy("plans, coverage, odds"),
                view_name="quality:home", scope=scopes.PLAN_VIEW),
            Way(title=gettext_lazy("Deliveries"), what=gettext_lazy("acceptance of what partners hand in"),
                view_name="quality:deliveries", scope=scopes.DELIVERY_VIEW),
            Way(title=gettext_lazy("Scorecards"), what=gettext_lazy("what verdicts are scored by"),
                view_name="quality:scorecards", scope=scopes.AUDIT_VIEW),
            Way(title=gettext_lazy("Auditors"), what=gettext_lazy("how they agree, and how often they err"),
                view_name="quality:auditors", scope=scopes.AUDIT_VIEW),
        ),
    ),
    (
        gettext_lazy("Known answers"),
        "award",
        (
            Way(title=gettext_lazy("Golden items"), what=gettext_lazy("the library and what is mixed in"),
                view_name="quality:golds", scope=scopes.GOLD_VIEW),
            Way(title=gettext_lazy("Gates and exams"), what=gettext_lazy("tests with stated risks, and the ways back"),
                view_name="quality:gates", scope=scopes.GATE_VIEW),
            Way(title=gettext_lazy("Skill"), what=gettext_lazy("how well people answer, by class"),
                view_name="quality:people_skill", scope=scopes.SKILL_VIEW),
        ),
    ),
    (
        gettext_lazy("Agree on what is right"),
        "scale",
        (
            Way(title=gettext_lazy("Calibration"), what=gettext_lazy("sessions and ring tests"),
                view_name="quality:calibrations", scope=scopes.CALIBRATION_VIEW),
            Way(title=gettext_lazy("Clauses"), what=gettext_lazy("how clear guidelines are"),
                view_name="quality:clauses", scope=scopes.CALIBRATION_VIEW),
            Way(title=gettext_lazy("Agreement"), what=gettext_lazy("how far people agree, and doubtful labels"),
                view_name="quality:agreements", scope=scopes.AGREEMENT_VIEW),
        ),
    ),
    (
        gettext_lazy("Disputes and integrity"),
        "gavel",
        (
            Way(title=gettext_lazy("Disputes"), what=gettext_lazy("what was objected to, and what came of it"),
                view_name="quality:disputes", scope=scopes.DISPUTE_VIEW),
            Way(title=gettext_lazy("Arbitration"), what=gettext_lazy("settle disputes, blind"),
                view_name="quality:arbitration", scope=scopes.DISPUTE_ARBITRATE),
            Way(title=gettext_lazy("Findings"), what=gettext_lazy("dispute in the name of your organisation"),
                view_name="quality:site_findings", scope=scopes.DISPUTE_RAISE),
            Way(title=gettext_lazy("Looks"), what=gettext_lazy("what detectors found unlikely"),
                view_name="quality:looks", scope=scopes.LOOK_TAKE),
        ),
    ),
    (
        gettext_lazy("Bring in"),
        "upload",
        (
            Way(title=gettext_lazy("Imports"), what=gettext_lazy("labels from files"),
                view_name="quality:imports", scope=scopes.IMPORT_DO),
            Way(title=gettext_lazy("Other tools"), what=gettext_lazy("decisions and reviews made elsewhere"),
                view_name="quality:tools", scope=scopes.IMPORT_DO),
        ),
    ),
)  # fmt: skip
_SCOPES = tuple(dict.fromkeys(way.scope for _title, _icon, ways in PURPOSES for way in ways))


@page(
    gettext_lazy("Overview"),
    name="quality:overview",
    nav=Nav(section="quality", icon="grid", order=5, scope=scopes.AUDIT_VIEW, or_scopes=_SCOPES),
)
def overview(request: PageRequest) -> HttpResponseBase:
    """What there is in this room for whoever asks, by purpose. It fetches nothing."""
    actor = request.actor
    shown = [
        (title, icon, [(way, reverse(way.view_name)) for way in ways if actor.has(way.scope)])
        for title, icon, ways in PURPOSES
    ]
    cards = [card for card in shown if card[2]]
    if not cards:
        raise Refused(_("None of your roles opens anything here."), code="refused")
    return render(request, "quality/overview.html", {"cards": cards})
