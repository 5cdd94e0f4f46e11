"""Forms of this room's pages. They check shapes; what is allowed the acts say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor

from .models import Exploration, Mailing
from .queries.offered import metrics_offered
from .words import DIMENSIONS, PERIODS


def sentences(form: forms.Form) -> str:
    """Everything that is wrong, as one text for a toast."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


class NameForm(forms.Form):
    """A name."""

    name = forms.CharField(label=_("Name"), max_length=120)


class TileForm(forms.Form):
    """A tile: which metric, how far back, split by what."""

    metric = forms.ChoiceField(label=_("Figure"))
    days = forms.TypedChoiceField(label=_("Period"), coerce=int, initial=28)
    split_by = forms.ChoiceField(
        label=_("Broken down by"),
        help_text=_("What a click leads to, and what a change is split by."),
    )
    whose = forms.ChoiceField(label=_("Whose work"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        own = [("own", _("my own"))] if actor.worker_id is not None else []
        self._choices("metric", [(kind.slug, kind.title) for kind in metrics_offered(actor) if kind.is_daily])
        self._choices("days", list(PERIODS.items()))
        self._choices("split_by", [pair for pair in DIMENSIONS.items() if pair[0] != "worker"])
        self._choices("whose", [("all", _("all that I may see")), *own])

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class SaveForm(forms.Form):
    """An exploration worth keeping."""

    name = forms.CharField(label=_("Name"), max_length=120)
    audience = forms.ChoiceField(
        label=_("Who may open it"),
        choices=Exploration.AUDIENCES,
        help_text=_("Everybody who opens it sees what her own rights let her see."),
    )


class MailingForm(forms.Form):
    """How often a mail comes."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=Mailing.RHYTHMS, initial="weekly")
    hour = forms.TypedChoiceField(
        label=_("At"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)], initial=8
    )
