"""Asking for a file on a page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor
from evenkeel.ground.log import all_facts
from evenkeel.measure import PERSON_VIEW, TABLES, figure_metrics_for

from .format import offered

_DAY = {"type": "date"}


class _Ordering(forms.Form):
    since = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=_DAY), help_text=_("In UTC."))
    until = forms.DateField(label=_("Up to, not with"), widget=forms.DateInput(attrs=_DAY))
    format = forms.ChoiceField(label=_("Format"), initial="xlsx")

    def __init__(self, *args: Any, today: date, **said: Any):
        said.setdefault("initial", {"since": today - timedelta(days=28), "until": today})
        super().__init__(*args, **said)
        self.fields["format"].choices = [(kind.slug, kind.title) for kind in offered()]  # type: ignore[attr-defined]


class FiguresForm(_Ordering):
    metric = forms.MultipleChoiceField(label=_("Metrics"))
    by = forms.MultipleChoiceField(label=_("Cut by"), required=False)
    compare = forms.BooleanField(label=_("Beside the period before"), required=False)
    field_order = ("metric", "by", "since", "until", "compare", "format")

    def __init__(self, *args: Any, actor: Actor, **said: Any):
        super().__init__(*args, auto_id="id_figures_%s", **said)
        self.fields["metric"].choices = [(kind.slug, kind.title) for kind in figure_metrics_for(actor)]  # type: ignore[attr-defined]
        names = [name for name in TABLES if actor.has(PERSON_VIEW) or name != "worker"]
        self.fields["by"].choices = [(name, TABLES[name]._meta.verbose_name) for name in names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        return {**said, "what": "figures", "compare": "previous" if said.get("compare") else ""}


class FactsForm(_Ordering):
    fact = forms.ChoiceField(label=_("Rows of"))
    field_order = ("fact", "since", "until", "format")

    def __init__(self, *args: Any, **said: Any):
        super().__init__(*args, auto_id="id_facts_%s", **said)
        self.fields["fact"].choices = [(name, name) for name in all_facts()]  # type: ignore[attr-defined]
        self.fields["fact"].help_text = _(
            "As they stand in the log. Names of people are in it only for those who may see them."
        )

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "what": "facts"}
