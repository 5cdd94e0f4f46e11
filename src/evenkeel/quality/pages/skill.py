"""How well people answer, by class, guideline and language: golden items beside audits, with the gates that test them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import load, require
from evenkeel.ground.pages import PageRequest, page, render
from evenkeel.ground.tables import Column, Empty, Table
from evenkeel.ground.templatetags.parts import Tab
from evenkeel.people import Worker, note_look

from .. import scopes
from ..queries.skill import PERIOD, SIDES, PersonSkill, gates_of, gates_shut, left_to_policy, people_skill, skill_of

_TITLES = {
    "class": gettext_lazy("Right answer"),
    "policy": gettext_lazy("Guideline"),
    "language": gettext_lazy("Language"),
}


@page(gettext_lazy("Skill"))
def people(request: PageRequest) -> HttpResponseBase:
    """Everybody whom the person leads: golden items and audits of 91 days, and whom a gate keeps away. Never ranked."""
    require(request.actor, scopes.SKILL_VIEW)
    found = people_skill(request.actor)
    table = Table(
        request,
        found,
        title=_("People"),
        columns=[
            Column(
                "worker", _("Person"), kind="person", link=lambda each: reverse("quality:skill", args=[each.worker.pk])
            ),
            Column("worker.organisation.name", _("Organisation")),
            Column("worker.team.name", _("Team"), value=_team),
            Column("golds", _("Golden items right"), kind="estimate", bar=True, help=_("Of those that she met.")),
            Column("audits", _("Audits right"), kind="estimate", bar=True, help=_("Each audit by 1 / odds.")),
            Column("gates", _("Kept away by"), value=lambda each: ", ".join(str(one.gate) for one in each.away)),
        ],
        export_name="skill",
        page_size=50,
        empty=Empty(
            title=_("Nothing is known yet"),
            body=_(
                "Once people have answered golden items, or decisions of theirs were audited, they stand here by name."
            ),
            icon="badge-check",
        ),
    )
    exported = table.export()
    shown = found if exported is not None else [row.source for row in table.rows]
    note_look(request.actor, workers=[each.worker.pk for each in shown], what=_("Skill"), now=request.now)
    return exported or render(request, "quality/people_skill.html", {"table": table, "days": PERIOD.days})


def _team(each: PersonSkill) -> str:
    return each.worker.team.name if each.worker.team else ""


@page(gettext_lazy("Skill"))
def skill(request: PageRequest, worker_id: UUID) -> HttpResponseBase:
    """One person by class, guideline or language; her own for whoever asks about herself."""
    scope = scopes.SKILL_OWN if worker_id == request.actor.worker_id else scopes.SKILL_VIEW
    found = load(request.actor, scope, Worker.objects.select_related("organisation", "team"), worker_id)
    note_look(request.actor, workers=[found.pk], what=_("Skill"), now=request.now)
    asked = request.GET.get("by", "class")
    by = asked if asked in SIDES else "class"
    table = Table(
        request,
        skill_of(found.pk, by=by),
        title=_TITLES[by],
        columns=[
            Column("name", _TITLES[by], is_heading=True, value=lambda each: each.name or _("not said")),
            Column("golds", _("Golden items right"), kind="estimate", bar=True),
            Column("audits", _("Audits right"), kind="estimate", bar=True),
        ],
        export_name=f"skill-by-{by}",
        page_size=50,
        empty=Empty(title=_("Nothing is known yet"), icon="badge-check"),
    )
    here = reverse("quality:skill", args=[found.pk])
    is_own = scope == scopes.SKILL_OWN
    context = {
        "worker": found,
        "is_own": is_own,
        "days": PERIOD.days,
        "table": table,
        "tabs": [Tab(title, f"{here}?by={side}", is_current=side == by) for side, title in _TITLES.items()],
        "away": gates_shut([found.pk]).get(found.pk, ()),
        "gates": gates_of(found.pk),
        "left_to_policy": left_to_policy(found.pk, now=request.now),
    }
    crumbs = [(_("My quality"), reverse("quality:mine"))] if is_own else [(_("Skill"), reverse("quality:people_skill"))]
    return table.export() or render(request, "quality/skill.html", context, crumbs=crumbs)
