"""Forms of this room's pages. They check shapes; whether it is allowed now, the acts say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor, visible
from evenkeel.measure import figure_metrics_for
from evenkeel.people import Organisation, Person, Site, Team
from evenkeel.work import Programme, Queue

from . import scopes
from .coding import usable_causes
from .drivers import ACCURACY
from .rules import BASELINE_DAYS, Windows


class OpenForm(forms.Form):
    """An investigation opened by hand. Days are named as people name them: the last one counts."""

    title = forms.CharField(label=_("What is the problem?"), max_length=200)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none())
    queue = forms.ModelChoiceField(
        label=_("Queue"), queryset=Queue.objects.none(), required=False, empty_label=_("All its queues")
    )
    place = forms.ChoiceField(label=_("Whose decisions?"), required=False)
    metric = forms.ChoiceField(label=_("Which figure?"), required=False)
    baseline_since = forms.DateField(
        label=_("Compare with the days from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    since = forms.DateField(
        label=_("First day of the change"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The comparison ends the day before."),
    )
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}))
    statement = forms.CharField(
        label=_("What is known so far"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Left empty, the figures of both periods make a first statement."),
    )

    def __init__(self, *args: Any, actor: Actor, today: date, filled: dict[str, Any] | None = None):
        first = today - timedelta(days=6)
        shown = {"last": today, "since": first, "baseline_since": first - timedelta(days=BASELINE_DAYS)}
        super().__init__(*args)
        self.initial = shown | (filled or {})
        self._places = places_of(actor)
        metric: forms.ChoiceField = self.fields["metric"]  # type: ignore[assignment]
        metric.choices = metric_choices(actor)
        self._choices("programme", visible(actor, scopes.EDIT, Programme.objects.order_by("name")))
        queues = visible(actor, scopes.EDIT, Queue.objects.select_related("programme"))
        self._choices("queue", queues.order_by("programme__name", "name"))
        self.fields["queue"].label_from_instance = lambda queue: f"{queue.programme}: {queue}"  # type: ignore[attr-defined]
        place: forms.ChoiceField = self.fields["place"]  # type: ignore[assignment]
        groups = [(title, [(key, words) for key, words, _thing in found]) for title, found in self._places if found]
        # A vendor's person asks about her own people; whoever has a grant on a place only, about that place.
        if not actor.is_outside and sees_whole_programmes(actor):
            place.choices = [("", _("Everybody's")), *groups]
        else:
            place.choices, place.required = groups, True

    def _choices(self, name: str, rows: QuerySet[Any]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def act_arguments(self) -> dict[str, Any]:
        """The checked data as `open_investigation` takes them."""
        said = self.cleaned_data
        things = {key: thing for _title, found in self._places for key, _words, thing in found}
        place = things.get(said["place"])
        return {
            "title": said["title"],
            "metric": said["metric"] or ACCURACY,
            "programme": said["programme"],
            "queue": said["queue"],
            "organisation": place if isinstance(place, Organisation) else None,
            "site": place if isinstance(place, Site) else None,
            "team": place if isinstance(place, Team) else None,
            "windows": Windows(
                baseline_since=said["baseline_since"], since=said["since"], until=said["last"] + timedelta(days=1)
            ),
            "statement": said["statement"],
        }

    def add_error(self, field: str | None, error: Any) -> None:
        """As usual, but `until` is called `last` here."""
        super().add_error("last" if field == "until" else field, error)


def metric_choices(actor: Actor) -> list[tuple[str, Any]]:
    """The figures of a programme that the actor may read, accuracy first, then by their titles."""
    kinds = [kind for kind in figure_metrics_for(actor) if "programme" in kind.places]
    return [
        (kind.slug, kind.title) for kind in sorted(kinds, key=lambda kind: (kind.slug != ACCURACY, str(kind.title)))
    ]


Place = Organisation | Site | Team


def places_of(actor: Actor) -> list[tuple[Any, list[tuple[str, str, Place]]]]:
    """Organisations, sites and teams about which the actor may open an investigation: key, words, thing."""
    organisations = visible(actor, scopes.EDIT, Organisation.objects.order_by("name"))
    sites = visible(actor, scopes.EDIT, Site.objects.select_related("organisation"))
    teams = visible(actor, scopes.EDIT, Team.objects.select_related("site__organisation"))
    return [
        (_("Organisations"), [(f"organisation:{each.pk}", each.name, each) for each in organisations]),
        (
            _("Sites"),
            [
                (f"site:{each.pk}", f"{each.organisation}: {each}", each)
                for each in sites.order_by("organisation__name", "name")
            ],
        ),
        (
            _("Teams"),
            [
                (f"team:{each.pk}", f"{each.site.organisation}: {each}", each)
                for each in teams.order_by("site__organisation__name", "name")
            ],
        ),
    ]


def sees_whole_programmes(actor: Actor) -> bool:
    """Whether a grant reaches further than an organisation, site or team."""
    kinds = {grant.kind for grant in actor.grants_for(scopes.EDIT)}
    return actor.is_system or bool(kinds & {None, "programme", "queue"})


class StatementForm(forms.Form):
    """The problem in other words."""

    statement = forms.CharField(label=_("The problem"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}))


class NoteForm(forms.Form):
    """A remark."""

    body = forms.CharField(label=_("Add a note"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 3}))


class OwnerForm(forms.Form):
    """Who looks after it."""

    owner = forms.ModelChoiceField(label=_("New owner"), queryset=Person.objects.none(), empty_label=None)

    def __init__(self, *args: Any, owners: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = Person.objects.filter(pk__in=[person.pk for person in owners])
        # The people are at hand; the field itself would ask for them each time it is drawn.
        field.choices = [(str(person.pk), str(person)) for person in owners]


class ClosingForm(forms.Form):
    """The conclusion."""

    cause = forms.ChoiceField(label=_("Main cause"))
    summary = forms.CharField(
        label=_("What happened, and why"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("So that the next reader can do without the rest."),
    )

    def __init__(self, *args: Any, causes: Sequence[tuple[str, Any]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        cause: forms.ChoiceField = self.fields["cause"]  # type: ignore[assignment]
        cause.choices = [("", _("Choose a cause")), *(cause_choices() if causes is None else causes)]


def cause_choices() -> list[tuple[str, Any]]:
    """The causes that may be named now, for a list to choose from."""
    return [(cause.slug, cause.title) for cause in usable_causes()]
