"""Forms of targets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor

from . import scopes
from .forms_definitions import AmountField
from .forms_places import place_choices
from .metric import is_by_day
from .queries.definitions import metrics_for


class DayField(forms.DateField):
    """A day, picked."""

    def __init__(self, **kwargs: Any):
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class TargetForm(forms.Form):
    """What a metric should be, where, from when until when."""

    metric = forms.ChoiceField(label=gettext_lazy("Metric"))
    place = forms.ChoiceField(
        label=gettext_lazy("Where"),
        required=False,
        help_text=gettext_lazy("Where several hold the nearest counts: organisation, site, team, programme, queue."),
    )
    value = AmountField(
        label=gettext_lazy("Target"), help_text=gettext_lazy("A share as 95 %, a time as 30 s, else a number.")
    )
    warning = AmountField(
        label=gettext_lazy("Warning"), help_text=gettext_lazy("On the worse side of the target, or on it.")
    )
    critical = AmountField(
        label=gettext_lazy("Critical"), help_text=gettext_lazy("On the worse side of the warning, or on it.")
    )
    guard = forms.ChoiceField(
        label=gettext_lazy("Guarded by"),
        required=False,
        help_text=gettext_lazy("What must not get worse meanwhile. A target on one figure alone invites gaming."),
    )
    since_on = DayField(label=gettext_lazy("From"))
    until_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The first day that it no longer covers; empty: until somebody ends it."),
    )
    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("People work towards it: say where it comes from."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in metrics_for(actor) if is_by_day(kind)]
        directed = [kind for kind in kinds if kind.better != "neither"]
        self._offer("metric", [(kind.slug, str(kind.title)) for kind in directed])
        own = [("", gettext_lazy("the metric's own guard"))]
        self._offer("guard", [*own, *((kind.slug, str(kind.title)) for kind in kinds)])
        kinds_of_place = ("organisation", "site", "team", "programme", "queue")
        self._offer("place", place_choices(actor, scopes.TARGET_EDIT, kinds=kinds_of_place))

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class EndForm(forms.Form):
    """When a target ends."""

    until_on = DayField(
        label=gettext_lazy("It ends with"), help_text=gettext_lazy("The first day that it no longer covers.")
    )
