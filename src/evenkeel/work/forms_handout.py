"""The part of a queue's form that says who may, how many, and what comes first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from .models import Queue
from .rules.handout import HANDOUT_BOUNDS

_STAY = ("overlap_rule", "overlap_most", "overlap_share", "overlap_target", "priority_rule", "prelabel")


class CodesField(forms.CharField):
    """Codes by commas, as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [code.strip() for code in (value or "").split(",") if code.strip()]


class PercentField(forms.FloatField):
    """A share, 0 to 1, written and read as percent."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value * 100:.6g}" if isinstance(value, float) else value

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return None if cleaned is None else cleaned / 100


def _percent(name: str, **said: Any) -> PercentField:
    least, most = HANDOUT_BOUNDS[name]
    return PercentField(min_value=least * 100, max_value=most * 100, **said)


def _whole(name: str, **said: Any) -> forms.IntegerField:
    least, most = HANDOUT_BOUNDS[name]
    return forms.IntegerField(min_value=int(least), max_value=int(most), **said)


class HandOutForm(forms.Form):
    """Mixed into the queue's form."""

    overlap_rule = forms.ChoiceField(required=False, label=gettext_lazy("By which rule"), choices=Queue.OVERLAPS)
    overlap_most = _whole(
        "overlap_most",
        required=False,
        label=gettext_lazy("People an item at most"),
        help_text=gettext_lazy("For those items that get more than the usual number."),
    )
    overlap_share = _percent(
        "overlap_share",
        required=False,
        label=gettext_lazy("Items with more people, in percent"),
        help_text=gettext_lazy("Drawn by a keyed hash, so the draw can be repeated."),
    )
    overlap_target = _percent(
        "overlap_target",
        required=False,
        label=gettext_lazy("How sure the answer must be, in percent"),
        help_text=gettext_lazy("87.5 asks for two who agree; 90 asks for three, or for five of six."),
    )
    teams_apart = forms.BooleanField(required=False, label=gettext_lazy("Further opinions come from other teams"))
    skills = CodesField(
        required=False, label=gettext_lazy("Skills"), help_text=gettext_lazy("By commas: a worker has all of them.")
    )
    certifications = CodesField(
        required=False,
        label=gettext_lazy("Certifications"),
        help_text=gettext_lazy("By commas, as they are named under Work → Certifications: a worker holds all of them."),
    )
    priority_rule = forms.ChoiceField(
        required=False,
        label=gettext_lazy("What comes first"),
        choices=Queue.PRIORITIES,
        help_text=gettext_lazy("Risk and reach are read from the items' attributes of these names."),
    )
    target_s = _whole(
        "target_s",
        required=False,
        label=gettext_lazy("Seconds to a decision"),
        help_text=gettext_lazy("The turnaround that is aimed at. By risk, what is nearly late moves ahead."),
    )
    day_cap = _whole("day_cap", required=False, label=gettext_lazy("Decisions a person a day at most"))
    may_skip = forms.BooleanField(required=False, label=gettext_lazy("People may skip an item"))
    may_return = forms.BooleanField(required=False, label=gettext_lazy("People may give one item back"))
    may_ask = forms.BooleanField(required=False, label=gettext_lazy("People may ask about an item"))
    may_escalate = forms.BooleanField(required=False, label=gettext_lazy("People may escalate an item"))
    prelabel = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Label suggested beforehand"),
        choices=Queue.PRELABELS,
        help_text=gettext_lazy("What a model says of an item, where one said something."),
    )

    def clean(self) -> dict[str, Any]:
        """What was not said stays as it is."""
        said = super().clean() or {}
        unsaid = [name for name in _STAY if said.get(name) in (None, "")]
        return {name: value for name, value in said.items() if name not in unsaid}
