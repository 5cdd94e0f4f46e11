"""What the hand-out rules of a queue may be."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from ..models.handout import HandOutRules

# name -> (least, most); those that may be left empty are in _EMPTY.
HANDOUT_BOUNDS: dict[str, tuple[float, float]] = {
    "overlap_most": (1, 100),
    "overlap_share": (0.0, 1.0),
    "overlap_target": (0.5, 0.9999),
    "target_s": (60, 365 * 24 * 3600),
    "day_cap": (1, 100_000),
}
_EMPTY = ("target_s", "day_cap")
_CHOICES = {
    "overlap_rule": [slug for slug, _title in HandOutRules.OVERLAPS],
    "priority_rule": [slug for slug, _title in HandOutRules.PRIORITIES],
    "prelabel": [slug for slug, _title in HandOutRules.PRELABELS],
}
_FLAGS = ("teams_apart", "may_skip", "may_return", "may_ask", "may_escalate")
_LISTS = ("skills", "certifications")
# What a queue says about hand-out, in the order of its page.
HANDOUT_FIELDS = (
    "overlap_rule", "overlap_most", "overlap_share", "overlap_target", "teams_apart", "skills", "certifications",
    "priority_rule", "target_s", "day_cap", "may_skip", "may_return", "may_ask", "may_escalate", "prelabel",
)  # fmt: skip


def handout_faults(said: Mapping[str, Any], *, overlap: int) -> dict[str, list[str]]:
    """What is wrong with a queue's hand-out rules, by field."""
    faults: dict[str, list[str]] = {}
    for name, (least, most) in HANDOUT_BOUNDS.items():
        if fault := _number_fault(said[name], least, most, may_be_empty=name in _EMPTY):
            faults[name] = [fault]
    for name, known in _CHOICES.items():
        if said[name] not in known:
            faults[name] = [_("Choose one of %(known)s.") % {"known": ", ".join(known)}]
    for name in _FLAGS:
        if not isinstance(said[name], bool):
            faults[name] = [_("Say true or false.")]
    for name in _LISTS:
        if not all(isinstance(each, str) and 0 < len(each.strip()) <= 80 and "\x00" not in each for each in said[name]):
            faults[name] = [_("Each has 1 to 80 characters.")]
    if said["overlap_rule"] != HandOutRules.FIXED and "overlap_most" not in faults and said["overlap_most"] <= overlap:
        faults["overlap_most"] = [_("Choose more than the %(n)d people that every item gets.") % {"n": overlap}]
    return faults


def _number_fault(value: Any, least: float, most: float, *, may_be_empty: bool) -> str:
    if value is None:
        return "" if may_be_empty else _("Choose a number.")
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return _("Choose a number.")
    if not least <= value <= most:
        return _("Choose %(least)s to %(most)s.") % {"least": f"{least:g}", "most": f"{most:,}"}
    return ""
