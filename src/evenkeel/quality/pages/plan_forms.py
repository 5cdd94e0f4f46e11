"""The form of a sampling plan: everybody's odds, the layers out of the catalogue, limits, who audits what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.work import Programme, Queue

from .. import scopes
from ..models import SamplingPlan
from ..rules.layers import Layer, Parameter, layers
from .forms import WordsField


class DesignForm(forms.Form):
    """The odds of a plan and its rules of assignment; with what an auditor's hour costs, for the preview alone."""

    percent = forms.DecimalField(
        label=gettext_lazy("Share of decisions, in percent"),
        min_value=0,
        max_value=100,
        initial=5,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=gettext_lazy("Each decision has this chance at least, whoever made it and whatever it says."),
    )
    audits_a_day = forms.FloatField(
        label=gettext_lazy("Audits a day, at most"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("Layers are thinned beforehand so that about so many are drawn; their odds stay known."),
    )
    hour_price = forms.DecimalField(
        label=gettext_lazy("What an auditor’s hour costs"),
        required=False,
        min_value=0,
        help_text=gettext_lazy("For the preview alone; it is not kept."),
    )
    keeps_teams_apart = forms.BooleanField(label=gettext_lazy("Nobody audits her own team"), required=False)
    most_a_person = forms.IntegerField(
        label=gettext_lazy("Audits of one person by one auditor in seven days, at most"),
        required=False,
        min_value=1,
        max_value=10_000,
    )
    most_a_day = forms.IntegerField(
        label=gettext_lazy("Audits an auditor a day, at most"), required=False, min_value=1, max_value=10_000
    )

    spreads_evenly = forms.BooleanField(
        label=gettext_lazy("The last audits are left to whoever on duty audited less today"), required=False
    )

    def __init__(self, *args: Any, kept: Mapping[str, Any] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # What a plan has that the form does not show (odds by value, a second layer of a kind) stays as it is.
        self.kept = list((kept or {}).get("layers", []))
        for kind in layers:
            self.fields[kind.slug] = forms.BooleanField(label=kind.title, required=False)
            for parameter in _shown(kind):
                self.fields[f"{kind.slug}-{parameter.name}"] = _field(parameter)

    @property
    def layer_parts(self) -> list[tuple[BoundField, Any, list[BoundField]]]:
        """Each kind: its switch, why, and its settings."""
        return [
            (self[kind.slug], kind.why, [self[f"{kind.slug}-{each.name}"] for each in _shown(kind)]) for kind in layers
        ]

    @property
    def rate(self) -> float:
        """Everybody's share, 0 to 1."""
        return float(self.cleaned_data["percent"]) / 100

    def design(self) -> dict[str, Any]:
        """The design that was filled in, as `start_plan` takes it."""
        chosen, seen = [], set()
        for earlier in self.kept:
            kind = earlier["kind"]
            if kind in seen or self.cleaned_data.get(kind):
                chosen.append(earlier if kind in seen else {**earlier, **self._settings(layers[kind])})
            seen.add(kind)
        chosen += [
            {"kind": kind.slug, **self._settings(kind)}
            for kind in layers
            if kind.slug not in seen and self.cleaned_data.get(kind.slug)
        ]
        return {"rate": self.rate, "layers": chosen, "audits_a_day": self.cleaned_data["audits_a_day"]}

    def assignment(self) -> dict[str, Any]:
        """Who audits what, as `start_plan` takes it."""
        names = ("keeps_teams_apart", "most_a_person", "most_a_day", "spreads_evenly")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def cents_an_hour(self) -> float | None:
        """What an auditor's hour costs, in cents; None when not said."""
        price = self.cleaned_data["hour_price"]
        return None if price is None else float(price) * 100

    def _settings(self, kind: type[Layer]) -> dict[str, Any]:
        said = {each.name: (each, self.cleaned_data.get(f"{kind.slug}-{each.name}")) for each in _shown(kind)}
        return {name: _value(parameter, value) for name, (parameter, value) in said.items()}


class PlanForm(DesignForm):
    """A plan that is about to start: which decisions, its name, its design."""

    where = forms.ChoiceField(label=gettext_lazy("Decisions of"))
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=160, help_text=gettext_lazy("Random 5 %, for example.")
    )
    covers_imports = forms.BooleanField(
        label=gettext_lazy("Decisions that are imported from now on, too"), required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.programmes = {str(each.pk): each for each in visible(actor, scopes.PLAN_EDIT, Programme.objects.all())}
        queues = visible(actor, scopes.PLAN_EDIT, Queue.objects.filter(closed_at=None).select_related("programme"))
        self.queues = {str(each.pk): each for each in queues}
        choices: list[tuple[str, list[tuple[str, str]]]] = []
        for key, programme in self.programmes.items():
            own = [
                (f"queue:{at}", queue.name) for at, queue in self.queues.items() if queue.programme_id == programme.pk
            ]
            choices.append(
                (programme.name, [(f"programme:{key}", _("All of %(name)s") % {"name": programme.name}), *own])
            )
        self.fields["where"].choices = choices  # type: ignore[attr-defined]

    def place(self) -> tuple[Programme, Queue | None]:
        """The programme, and the queue when one was chosen."""
        kind, _colon, key = self.cleaned_data["where"].partition(":")
        if kind == "programme":
            return self.programmes[key], None
        queue = self.queues[key]
        return queue.programme, queue


class ChangeForm(DesignForm):
    """Other odds for a plan that runs, and why."""

    why = forms.CharField(label=gettext_lazy("Why"), max_length=300, required=False)


def initial_of(plan: SamplingPlan, design: Mapping[str, Any]) -> dict[str, Any]:
    """A plan's design as the form shows it."""
    found: dict[str, Any] = {
        "percent": round(design["rate"] * 100, 6),
        "audits_a_day": design.get("audits_a_day"),
        "keeps_teams_apart": plan.keeps_teams_apart,
        "most_a_person": plan.most_a_person,
        "most_a_day": plan.most_a_day,
        "spreads_evenly": plan.spreads_evenly,
    }
    for each in reversed(design.get("layers", [])):
        kind = layers[each["kind"]]
        found[kind.slug] = True
        for parameter in _shown(kind):
            found[f"{kind.slug}-{parameter.name}"] = _said(parameter, each.get(parameter.name, parameter.default))
    return found


def _shown(kind: type[Layer]) -> list[Parameter]:
    return [parameter for parameter in kind.parameters if parameter.is_in_form]


def _field(parameter: Parameter) -> forms.Field:
    how: dict[str, Any] = {"label": parameter.title, "required": False, "initial": _said(parameter, parameter.default)}
    number = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    match parameter.kind:
        case "share":
            how["label"] = _percent_of(parameter.title)
            return forms.FloatField(min_value=0, max_value=100, widget=number, **how)
        case "days":
            return forms.IntegerField(min_value=0, max_value=3650, **how)
        case "choice":
            return forms.ChoiceField(choices=list(parameter.choices), **how)
        case "words":
            return WordsField(help_text=gettext_lazy("By commas."), **how)
        case _:
            return forms.FloatField(min_value=0, widget=number, **how)


def _percent_of(title: Any) -> Any:
    return gettext_lazy("%(what)s, in percent") % {"what": title}


def _said(parameter: Parameter, value: Any) -> Any:
    if parameter.kind == "share" and value is not None:
        return round(value * 100, 6)
    return ", ".join(value) if parameter.kind == "words" and value else value


def _value(parameter: Parameter, value: Any) -> Any:
    """What was filled in, as the layer has it; what was left open is the default."""
    if value in (None, ""):
        return parameter.default
    if parameter.kind == "share":
        return value / 100
    return (value or None) if parameter.kind == "words" else value
