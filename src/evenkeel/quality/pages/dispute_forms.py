"""Forms of the pages about disputes. They check shapes; whether it is allowed now, the acts say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from ..acts.dispute_rules import BOUNDS
from ..models import DisputeReason
from ..models.disputes import AT_DEADLINE, FOLLOW_UPS

_TEXT = forms.Textarea(attrs={"rows": 3})


class RaisingForm(forms.Form):
    """An objection: for which reason, and why."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whoever arbitrates reads it without your name. Point at what decides the case."),
    )

    def __init__(self, *args: Any, reasons: QuerySet[DisputeReason], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(each.slug, each.title) for each in reasons]  # type: ignore[attr-defined]


class SettlingForm(forms.Form):
    """An arbitrator's reason; her answer is asked by the form of the decision."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("What decides it"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Both sides read it."),
    )

    def __init__(self, *args: Any, reasons: QuerySet[DisputeReason], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(each.slug, each.title) for each in reasons]  # type: ignore[attr-defined]


class DisputeRuleForm(forms.Form):
    """How a programme's findings are disputed."""

    window_days = forms.IntegerField(label=gettext_lazy("Days to dispute a finding"))
    arbitrate_hours = forms.IntegerField(label=gettext_lazy("Hours to settle a dispute"))
    at_deadline = forms.ChoiceField(
        label=gettext_lazy("When that time is over"), choices=AT_DEADLINE, widget=forms.RadioSelect
    )
    most_open = forms.IntegerField(label=gettext_lazy("Open disputes a person, at most"))
    most_a_week = forms.IntegerField(label=gettext_lazy("Disputes a person in seven days, at most"))
    most_a_week_site = forms.IntegerField(label=gettext_lazy("Disputes a partner in seven days, at most"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name, (low, high) in BOUNDS.items():
            self.fields[name].widget.attrs.update({"min": low, "max": high})


class ReasonForm(forms.Form):
    """A reason of the organisation's own."""

    side = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=DisputeReason.SIDES)
    slug = forms.CharField(
        label=gettext_lazy("Short name"), max_length=40, help_text=gettext_lazy("Small letters, digits and _.")
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    follow_up = forms.ChoiceField(
        label=gettext_lazy("What follows"),
        required=False,
        choices=[("", gettext_lazy("nothing")), *FOLLOW_UPS],
        help_text=gettext_lazy("Only for settling."),
    )


class ClosingForm(forms.Form):
    """What became of a follow-up."""

    is_done = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[("yes", gettext_lazy("done")), ("no", gettext_lazy("left"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=gettext_lazy("What was done, or why not"), max_length=4_000, widget=_TEXT)
