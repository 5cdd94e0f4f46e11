"""Forms about signals: sleeping, handing over, the watch list, budgets and channels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor
from evenkeel.people import Person

from . import scopes
from .forms_places import place_choices
from .models import SignalChannel, Watch
from .queries.definitions import metrics_for
from .queries.watchlist import daily_metrics

_HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class SnoozeForm(forms.Form):
    """For how long, and what is waited for."""

    days = forms.TypedChoiceField(
        label=_("Wake it"),
        coerce=int,
        choices=[(1, _("tomorrow")), (3, _("in 3 days")), (7, _("in a week")), (14, _("in 2 weeks")), (30, _("in 30 days"))],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What are you waiting for?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class HandOverForm(forms.Form):
    """To whom, and why."""

    to = forms.ChoiceField(label=_("To whom"))
    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(person.pk), person.name) for person in people]  # type: ignore[attr-defined]


class WatchForm(forms.Form):
    """Which metric is watched or left alone, where, by whom and why."""

    sort = forms.ChoiceField(label=_("What"), choices=Watch.SORTS)
    metric = forms.ChoiceField(label=_("Metric"))
    place = forms.ChoiceField(label=_("Where"), help_text=_("There and in everything within it."))
    owner = forms.ChoiceField(
        label=_("Who answers for it"), required=False, help_text=_("Empty: the owner of the programme.")
    )
    why = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, actor: Actor, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = daily_metrics(kind.slug for kind in metrics_for(actor))
        places = place_choices(actor, scopes.WATCH_EDIT, kinds=("programme", "queue", "organisation", "site", "team"))
        choices = {
            "metric": sorted(((kind.slug, kind.title) for kind in kinds), key=lambda pair: str(pair[1])),
            "place": [choice for choice in places if choice[0] != ""],
            "owner": [("", "–"), *((str(person.pk), person.name) for person in people)],
        }
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]


class BudgetForm(forms.Form):
    """Whose budget, and how much."""

    of = forms.ChoiceField(label=_("Whose"))
    per_week = forms.FloatField(
        label=_("False alarms a week"),
        min_value=0.05,
        max_value=50,
        help_text=_("Fewer false alarms mean wider limits, and changes that are seen later."),
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["of"].choices = owners  # type: ignore[attr-defined]


class ChannelForm(forms.Form):
    """Where signals go, when, and when not."""

    kind = forms.ChoiceField(label=_("Way"), choices=SignalChannel.KINDS)
    name = forms.CharField(label=_("Name"), max_length=160)
    url = forms.CharField(
        label=_("Address"), max_length=500, required=False, help_text=_("https, on a public address. Empty for mail.")
    )
    rhythm = forms.ChoiceField(label=_("Rhythm"), choices=SignalChannel.RHYTHMS)
    digest_hour = forms.TypedChoiceField(label=_("Digest at"), coerce=int, choices=_HOURS, initial=8)
    quiet_from = forms.TypedChoiceField(label=_("Quiet from"), coerce=int, choices=_HOURS, initial=0)
    quiet_until = forms.TypedChoiceField(
        label=_("Quiet until"), coerce=int, choices=_HOURS, initial=0, help_text=_("The same hour twice: never quiet.")
    )
    zone = forms.CharField(label=_("Time zone"), max_length=60, initial="UTC")

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not is_own:
            ways = [way for way in SignalChannel.KINDS if way[0] != "mail"]
            self.fields["kind"].choices = ways  # type: ignore[attr-defined]
