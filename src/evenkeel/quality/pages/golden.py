"""The library of golden items: each with its lineage, experts' word, exposure; and how many a queue's people meet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, require, visible
from evenkeel.ground.errors import NotFound
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, Table
from evenkeel.ground.trying import tried
from evenkeel.work import QUEUE_VIEW, Item, Queue, item_content_html, item_summary

from .. import scopes
from ..acts.golden import propose_gold, retire_gold, say_gold, set_gold_mix
from ..acts.ours import insist_on_ours
from ..models import Gold, GoldAnswer, GoldMix, GoldVoice
from ..queries.golden import answered, answers_of_form, exposures, form_asked, in_force_for, round_of
from ..rules.golden import balance
from ..rules.skill import adjusted_skill, skill, skill_by_class
from .golden_forms import LabelForm, MixForm, ProposeForm, ReasonForm

TONES = {Gold.PROPOSED: "info", Gold.IN_FORCE: "good", Gold.FLAGGED: "warn", Gold.RETIRED: "quiet"}
_A_CLASS = 30


@page(
    gettext_lazy("Golden items"),
    name="quality:golds",
    nav=Nav(section="quality", icon="award", order=35, scope=scopes.GOLD_VIEW),
)
def golds(request: PageRequest) -> HttpResponseBase:
    """Every golden item that the person may see, and the queues into which they are mixed."""
    require(request.actor, scopes.GOLD_VIEW)
    rows = visible(request.actor, scopes.GOLD_VIEW, Gold.objects.select_related("item", "form", "programme", "owner"))
    shown_to: dict[UUID, int] = {}

    def exposure(each: Gold) -> int:
        if not shown_to:
            shown_to.update(exposures(rows))
        return shown_to.get(each.pk, 0)

    table = Table(
        request,
        rows,
        title=_("Golden items"),
        columns=[
            Column("item.key", _("Item"), kind="code", link=lambda each: each.get_absolute_url()),
            Column("programme.name", _("Programme"), sort="programme__name"),
            Column("label", _("Right answer"), sort="label"),
            Column(
                "state",
                _("State"),
                kind="badge",
                value=lambda each: each.get_state_display(),
                tone=lambda each: TONES[each.state],
            ),
            Column("difficulty", _("Difficulty"), value=lambda each: each.get_difficulty_display(), sort="difficulty"),
            Column("provenance", _("From"), value=lambda each: each.get_provenance_display()),
            Column("exposure", _("Shown to"), kind="count", value=exposure, help=_("People; each meets it once.")),
            Column("owner.name", _("Owner"), value=lambda each: each.owner.name if each.owner else None),
            Column("expires_at", _("Until"), kind="moment", sort="expires_at", optional=True),
            Column("proposed_at", _("Proposed"), kind="moment", sort="proposed_at"),
        ],
        filters=[
            ChoiceFilter("state", _("State"), choices=Gold.STATES),
            ChoiceFilter("difficulty", _("Difficulty"), choices=Gold.DIFFICULTIES),
            ChoiceFilter("provenance", _("From"), choices=Gold.PROVENANCES),
        ],
        default_sort="-proposed_at",
        export_name="golden-items",
        empty=Empty(
            title=_("No golden items yet"),
            body=_("Propose one from an item’s page. Two experts agree before anybody meets it."),
            icon="award",
        ),
    )
    if (exported := table.export()) is not None:
        return exported
    mixes = visible(request.actor, scopes.GOLD_VIEW, GoldMix.objects.select_related("queue__programme"))
    return render(request, "quality/golds.html", {"table": table, "mixes": mixes.order_by("queue__name")})


@page(gettext_lazy("Golden item"))
def gold(request: PageRequest, gold_id: UUID) -> HttpResponseBase:
    """One golden item; POST is an expert's word. What others said is hidden from whoever has yet to speak."""
    rows = Gold.objects.select_related("item", "form", "programme", "owner", "policy_version__policy")
    found = load(request.actor, scopes.GOLD_VIEW, rows, gold_id)
    labels = answers_of_form(found.form).labels
    turn = round_of(found)
    voices = list(GoldVoice.objects.filter(gold=found).select_related("person").order_by("id"))
    has_spoken = any(each.round == turn and each.person_id == request.actor.person_id for each in voices)
    waits = found.state in (Gold.PROPOSED, Gold.FLAGGED)
    may_say = waits and not has_spoken and bool(may(request.actor, scopes.GOLD_SAY, found))
    form = LabelForm(request.POST or None, labels=labels)
    if request.method == "POST":
        require(request.actor, scopes.GOLD_SAY, found)
        made = tried(form, lambda said: say_gold(request.actor, gold=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Noted. It is in force.") if made.state == Gold.IN_FORCE else _("Noted."))
            return redirect(found)
    context = {
        "gold": found,
        "tone": TONES[found.state],
        "summary": item_summary(found.item),
        "item_html": item_content_html(found.item),
        "form": form if may_say else None,
        "is_open": not may_say,
        "voices": voices if not may_say else [],
        "steps": found.steps.select_related("by", "policy_version__policy"),
        "facts": _facts(found, labels),
        "skill": skill(answered(GoldAnswer.objects.filter(gold=found), by="gold_id")),
        "retire": ReasonForm() if found.state != Gold.RETIRED and may(request.actor, scopes.GOLD_EDIT, found) else None,
    }
    crumbs = [(_("Golden items"), reverse("quality:golds"))]
    return render(request, "quality/gold.html", context, crumbs=crumbs, status=422 if form.errors else 200)


def _facts(found: Gold, labels: Any) -> list[tuple[object, object]]:
    version = found.policy_version
    return [
        (_("Programme"), found.programme.name),
        (_("Form"), found.form.name),
        (_("Guideline"), f"{version.policy.name} {version.number}" if version else None),
        (_("Difficulty"), found.get_difficulty_display()),
        (_("From"), found.get_provenance_display()),
        (_("Use"), _("exams") if found.is_for_exams else _("among the work")),
        (_("Owner"), found.owner.name if found.owner else None),
        (_("Shown to"), exposures([found]).get(found.pk, 0)),
        (_("Until"), found.expires_at),
    ]


@require_POST
@page(gettext_lazy("Retire a golden item"))
def retire(request: PageRequest, gold_id: UUID) -> HttpResponseBase:
    """Hand it out no more."""
    found = load(request.actor, scopes.GOLD_VIEW, Gold.objects.all(), gold_id)
    form = ReasonForm(request.POST)
    if tried(form, lambda said: retire_gold(request.actor, gold=found, now=request.now, **said)) is None:
        messages.error(request, _("A reason is missing."))
    else:
        messages.success(request, _("Retired."))
    return redirect(found)


@page(gettext_lazy("Propose a golden item"))
def propose(request: PageRequest, item_id: UUID) -> HttpResponseBase:
    """Propose an item as golden."""
    require(request.actor, scopes.GOLD_SAY)
    insist_on_ours(request.actor)
    item = Item.objects.select_related("programme").filter(pk=item_id).first()
    if item is None or not may(request.actor, scopes.GOLD_SAY, item):
        raise NotFound(_("There is no such page, or it is not yours to see."))
    asked = form_asked(item)
    form = ProposeForm(request.POST or None, labels=answers_of_form(asked).labels if asked else {})
    if request.method == "POST":
        made = tried(
            form,
            lambda said: propose_gold(request.actor, item=item, provenance="by_hand", now=request.now, **said),
        )
        if made is not None:
            messages.success(request, _("Proposed. It takes two experts of one mind."))
            return redirect(made)
    context = {"item": item, "summary": item_summary(item), "item_html": item_content_html(item), "form": form}
    crumbs = [(_("Golden items"), reverse("quality:golds")), (item.key, item.get_absolute_url())]
    return render(request, "quality/propose_gold.html", context, crumbs=crumbs, status=422 if form.errors else 200)


@page(gettext_lazy("Golden items in a queue"))
def mix(request: PageRequest, queue_id: UUID) -> HttpResponseBase:
    """How many golden items a queue's people meet, how evenly they are spread, and what was answered."""
    queue = load(request.actor, QUEUE_VIEW, Queue.objects.select_related("form", "programme"), queue_id)
    require(request.actor, scopes.GOLD_VIEW, queue)
    # A queue is its partners' as well; what is mixed into it is not.
    insist_on_ours(request.actor)
    found = GoldMix.objects.filter(queue=queue).first()
    initial = {"share": 3.0, "new_share": 10.0, "new_days": 30}
    if found is not None:
        initial = {"share": found.share * 100, "new_share": found.new_share * 100, "new_days": found.new_days}
    form = MixForm(request.POST or None, initial=initial)
    made = None
    if request.method == "POST":
        made = tried(form, lambda _said: set_gold_mix(request.actor, queue=queue, now=request.now, **form.said()))
    if made is not None:
        messages.success(request, _("Saved. The next hand-out obeys."))
        return redirect("quality:gold_mix", queue.pk)
    labels = answers_of_form(queue.form).labels
    rows = list(in_force_for(queue, request.now, is_for_exams=False).values_list("label", flat=True))
    answers = GoldAnswer.objects.filter(queue=queue).exclude(gold__state=Gold.RETIRED)
    vendors = answered(answers, by="decision__organisation__name")
    context = {
        "queue": queue,
        "form": form,
        "may_edit": bool(may(request.actor, scopes.GOLD_EDIT, queue)),
        "is_mixed": found is not None and max(found.share, found.new_share) > 0,
        "balance": [
            (labels.get(each.label, each.label), each) for each in balance(rows, known=[*labels], a_class=_A_CLASS)
        ],
        "by_class": [(labels.get(name, name), each) for name, each in skill_by_class(vendors).items()],
        "vendors": sorted(adjusted_skill(vendors).items()),
    }
    crumbs = [(_("Golden items"), reverse("quality:golds"))]
    return render(request, "quality/gold_mix.html", context, crumbs=crumbs, status=422 if form.errors else 200)
