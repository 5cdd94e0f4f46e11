"""A queue's hand-out rules in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from evenkeel.ground.templatetags.wording import value_text

from ..models import Queue


def people_an_item(queue: Queue) -> str:
    """How many decide an item."""
    said = {"least": queue.overlap, "most": queue.overlap_most}
    if queue.overlap_rule == Queue.SHARE:
        share = value_text(queue.overlap_share, kind="percent")
        return _("%(least)d; %(most)d for %(share)s of the items") % (said | {"share": share})
    if queue.overlap_rule == Queue.ADAPTIVE:
        sure = value_text(queue.overlap_target, kind="percent")
        return _("%(least)d to %(most)d, until the answer is %(sure)s sure") % (said | {"sure": sure})
    return str(queue.overlap)


def handout_facts(queue: Queue) -> list[tuple[object, object]]:
    """What else a queue says about hand-out; what it leaves open is left out."""
    facts: list[tuple[object, object]] = [(_("What comes first"), queue.get_priority_rule_display())]
    if queue.skills:
        facts.append((_("Skills"), ", ".join(queue.skills)))
    if queue.certifications:
        facts.append((_("Certifications"), ", ".join(queue.certifications)))
    if queue.teams_apart:
        facts.append((_("Further opinions"), _("from other teams")))
    if queue.target_s is not None:
        facts.append((_("Decided within"), value_text(queue.target_s, kind="duration")))
    if queue.day_cap is not None:
        facts.append((_("A person a day"), _("%(n)s at most") % {"n": f"{queue.day_cap:,}"}))
    barred = [
        name
        for name, may in (
            (_("skip"), queue.may_skip),
            (_("give one back"), queue.may_return),
            (_("ask"), queue.may_ask),
            (_("escalate"), queue.may_escalate),
        )
        if not may
    ]
    if barred:
        facts.append((_("People may not"), ", ".join(barred)))
    if queue.prelabel != "off":
        facts.append((_("Suggested label"), queue.get_prelabel_display()))
    return facts
