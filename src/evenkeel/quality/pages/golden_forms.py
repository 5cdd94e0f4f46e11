"""Forms about golden items, gates and exams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.policy import Certification
from evenkeel.work import Queue

from .. import scopes
from ..models import Exam, Gate, Gold

_PERCENT: dict[str, Any] = {"min_value": 0.0, "max_value": 100.0}


class LabelForm(forms.Form):
    """What an expert holds to be right."""

    label = forms.ChoiceField(label=gettext_lazy("Right answer"), widget=forms.RadioSelect)
    comment = forms.CharField(
        label=gettext_lazy("Comment"), required=False, max_length=2_000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any, *, labels: Mapping[str, str]):
        super().__init__(data)
        self.fields["label"].choices = list(labels.items())  # type: ignore[attr-defined]


class ProposeForm(forms.Form):
    """An item that may become golden."""

    answer = forms.ChoiceField(label=gettext_lazy("Right answer"), widget=forms.RadioSelect)
    rationale = forms.CharField(
        label=gettext_lazy("Why it is right"),
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("By which words of the guideline. Experts agree to the reason as well."),
    )
    difficulty = forms.TypedChoiceField(
        label=gettext_lazy("Difficulty"), choices=Gold.DIFFICULTIES, coerce=int, initial=2
    )
    is_for_exams = forms.BooleanField(
        label=gettext_lazy("For exams"),
        required=False,
        help_text=gettext_lazy("Kept apart: whoever sat the exam has met it."),
    )
    expires_at = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Empty: until somebody retires it."),
    )

    def __init__(self, data: Any, *, labels: Mapping[str, str]):
        super().__init__(data)
        self.fields["answer"].choices = list(labels.items())  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


class MixForm(forms.Form):
    """How many golden items a queue's people meet, in percent."""

    share = forms.FloatField(label=gettext_lazy("Golden items, in percent of what is handed out"), **_PERCENT)
    new_share = forms.FloatField(label=gettext_lazy("For new people, in percent"), **_PERCENT)
    new_days = forms.IntegerField(label=gettext_lazy("Days that somebody is new"), min_value=0, max_value=365)

    def said(self) -> dict[str, Any]:
        """What was filled in, as `set_gold_mix` takes it."""
        found = self.cleaned_data
        return {"share": found["share"] / 100, "new_share": found["new_share"] / 100, "new_days": found["new_days"]}


class _TestForm(forms.Form):
    """Between which accuracies a sequential test tells, with which risks; in percent."""

    good = forms.FloatField(label=gettext_lazy("Accuracy that is good enough, in percent"), **_PERCENT)
    bad = forms.FloatField(label=gettext_lazy("Accuracy that is too low, in percent"), **_PERCENT)
    risk_good = forms.FloatField(label=gettext_lazy("Risk of stopping who is good enough, in percent"), **_PERCENT)
    risk_bad = forms.FloatField(label=gettext_lazy("Risk of passing who is too low, in percent"), **_PERCENT)
    most = forms.IntegerField(
        label=gettext_lazy("Answers at most"),
        min_value=5,
        max_value=2_000,
        help_text=gettext_lazy("The test nearly always ends much sooner."),
    )

    def limits(self) -> dict[str, Any]:
        """The test as the acts take it."""
        shares = {name: self.cleaned_data[name] / 100 for name in ("good", "bad", "risk_good", "risk_bad")}
        return {**shares, "most": self.cleaned_data["most"]}


class GateForm(_TestForm):
    """A gate at a queue."""

    queue = forms.ModelChoiceField(queryset=Queue.objects.none(), label=gettext_lazy("Queue"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    consequence = forms.ChoiceField(label=gettext_lazy("When it fails"), choices=Gate.CONSEQUENCES)
    exam = forms.ModelChoiceField(
        queryset=Exam.objects.none(),
        label=gettext_lazy("Exam that leads back"),
        required=False,
        help_text=gettext_lazy("A lead may let people back in any case."),
    )
    certification = forms.ModelChoiceField(
        queryset=Certification.objects.none(), label=gettext_lazy("Given to whoever passes"), required=False
    )

    def __init__(self, data: Any, *, actor: Actor):
        super().__init__(
            data, initial={"good": 95, "bad": 85, "risk_good": 5, "risk_bad": 10, "most": 200, "consequence": "warn"}
        )
        _offer(self, "queue", visible(actor, scopes.GATE_EDIT, Queue.objects.filter(closed_at=None, exam=None)))
        _offer(self, "exam", visible(actor, scopes.GATE_EDIT, Exam.objects.filter(ended_at=None)))
        _offer(self, "certification", Certification.objects.order_by("name"))

    def said(self) -> dict[str, Any]:
        """What was filled in, as `start_gate` takes it."""
        names = ("queue", "name", "consequence", "exam", "certification")
        return {**self.limits(), **{name: self.cleaned_data[name] for name in names}}


class ExamForm(_TestForm):
    """An exam in an empty queue."""

    queue = forms.ModelChoiceField(
        queryset=Queue.objects.none(),
        label=gettext_lazy("Queue"),
        help_text=gettext_lazy("An empty one: the exam is sat there, at the desk."),
    )
    certification = forms.ModelChoiceField(
        queryset=Certification.objects.none(), label=gettext_lazy("Given to whoever passes")
    )
    wait_days = forms.IntegerField(
        label=gettext_lazy("Days until it may be sat again"), min_value=0, max_value=365, initial=7
    )

    def __init__(self, data: Any, *, actor: Actor):
        super().__init__(
            data, initial={"good": 90, "bad": 75, "risk_good": 5, "risk_bad": 5, "most": 80, "wait_days": 7}
        )
        empty = Queue.objects.filter(closed_at=None, exam=None).exclude(tasks__closed_at=None, tasks__isnull=False)
        _offer(self, "queue", visible(actor, scopes.GATE_EDIT, empty))
        _offer(self, "certification", Certification.objects.order_by("name"))

    def said(self) -> dict[str, Any]:
        """What was filled in, as `open_exam` takes it."""
        names = ("queue", "certification", "wait_days")
        return {**self.limits(), **{name: self.cleaned_data[name] for name in names}}


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
