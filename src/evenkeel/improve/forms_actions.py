"""Forms of actions, plans, initiatives and suggestions. They check shapes; whether it is allowed now, the acts say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import Actor, visible
from evenkeel.measure import PERSON_VIEW
from evenkeel.people import Organisation, Person, Site, Team, Worker
from evenkeel.work import Programme, Queue

from . import scopes, words_actions
from .acts import Asked
from .forms import cause_choices
from .models import Action, Initiative, Suggestion, Tollgate
from .queries_actions import additive_metrics, provable_metrics
from .rules_plans import COMPARISONS, Aim, Comparison, Dimension

_DAY = {"type": "date"}


def _text(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ActionForm(forms.Form):
    """An action opened by hand, or from an investigation, whose place it then has."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Action.KINDS, initial=Action.CORRECTIVE)
    what = forms.CharField(label=_("What is done?"), max_length=5_000, widget=_text())
    cause = forms.ChoiceField(label=_("Against which cause?"), required=False)
    due_on = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs=_DAY))
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), required=False)
    queue = forms.ModelChoiceField(
        label=_("Queue"), queryset=Queue.objects.none(), required=False, empty_label=_("All its queues")
    )
    place = forms.ChoiceField(label=_("Whose decisions?"), required=False)

    def __init__(self, *args: Any, actor: Actor, is_linked: bool, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = today + timedelta(days=14)
        _choices(self, "cause", [("", _("Not known yet")), *cause_choices()])
        if is_linked:
            for name in ("programme", "queue", "place"):
                del self.fields[name]
            return
        self.fields["programme"].required = True
        _rows(self, "programme", visible(actor, scopes.ACTION_EDIT, Programme.objects.order_by("name")))
        _rows(self, "queue", visible(actor, scopes.ACTION_EDIT, Queue.objects.order_by("name")))
        self._things = {
            f"{name}:{thing.pk}": (name, thing)
            for name, table in (("organisation", Organisation), ("site", Site), ("team", Team))
            for thing in visible(actor, scopes.ACTION_EDIT, cast("Any", table).objects.order_by("name"))
        }
        _choices(
            self, "place", [("", _("Everybody's")), *((key, str(thing)) for key, (_n, thing) in self._things.items())]
        )

    def act_arguments(self) -> dict[str, Any]:
        """The checked data as `open_action` takes them."""
        said = dict(self.cleaned_data)
        place = said.pop("place", "")
        if place:
            name, thing = self._things[place]
            said[name] = thing
        return said


class PlanForm(forms.Form):
    """How the effect will be judged. Amounts of a share are typed in points."""

    metric = forms.ChoiceField(label=_("What is to move?"))
    aim = forms.ChoiceField(label=_("What is hoped for?"), choices=words_actions.AIMS.items())
    expected = forms.FloatField(
        label=_("Expected improvement"), required=False, initial=2,
        help_text=_("In points for a share, in seconds for a time. What the power is worked out for."),
    )  # fmt: skip
    least = forms.FloatField(
        label=_("Least that counts"), required=False, initial=0,
        help_text=_("The whole interval must lie beyond it; where it is to stay the same, within it either way."),
    )  # fmt: skip
    comparison = forms.ChoiceField(label=_("How is it compared?"))
    dimension = forms.ChoiceField(
        label=_("Units"), required=False, choices=[("", _("None")), *words_actions.DIMENSIONS.items()]
    )
    changed = forms.MultipleChoiceField(label=_("Changed units"), required=False)
    others = forms.MultipleChoiceField(label=_("Compared with"), required=False)
    coached = forms.ModelMultipleChoiceField(label=_("Coached people"), queryset=Worker.objects.none(), required=False)
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs=_DAY))
    baseline_weeks = forms.IntegerField(label=_("Weeks before"), initial=12)
    run_in_weeks = forms.IntegerField(label=_("Weeks to run in"), initial=1)
    window_weeks = forms.IntegerField(label=_("Weeks of the window"), initial=8)
    extension_weeks = forms.IntegerField(label=_("Weeks it may wait longer"), initial=0)
    has_trend = forms.BooleanField(label=_("The figure has a trend"), required=False)
    negative_control = forms.ChoiceField(
        label=_("Metric that must not move"), required=False,
        help_text=_("Chosen because the action cannot move it: if it moves as well, something else happened."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, action: Action, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = {kind.slug: kind for kind in provable_metrics()}
        self._units = {slug: kind.unit for slug, kind in kinds.items()}
        titles = sorted(((slug, str(kind.title)) for slug, kind in kinds.items()), key=lambda pair: pair[1])
        _choices(self, "metric", titles)
        beside = sorted(((kind.slug, str(kind.title)) for kind in additive_metrics()), key=lambda pair: pair[1])
        _choices(self, "negative_control", [("", _("None")), *beside])
        _choices(self, "comparison", [(slug, words_actions.COMPARISONS[slug]) for slug in COMPARISONS])
        self.fields["metric"].initial = action.signal.metric if action.signal else "accuracy"
        self.fields["starts_on"].initial = today + timedelta(days=7)
        units = _units_of(action)
        for name in ("changed", "others"):
            _choices(self, name, units)
        people = (
            visible(actor, PERSON_VIEW, Worker.objects.order_by("name"))
            if actor.has(PERSON_VIEW)
            else Worker.objects.none()
        )
        where = {n: getattr(action, f"{n}_id") for n in ("organisation", "site", "team") if getattr(action, f"{n}_id")}
        _rows(self, "coached", people.filter(left_on=None, **where))

    def asked(self) -> Asked:
        """The checked data as `freeze_plan` takes them."""
        said = self.cleaned_data
        scale = {"percent": 0.01, "duration_ms": 1000.0}.get(self._units[said["metric"]], 1.0)
        dimension = cast("Dimension", said["dimension"])

        def ids(name: str) -> list[UUID]:
            pairs = (key.partition(":") for key in said[name])
            return [UUID(pk) for kind, _colon, pk in pairs if kind == dimension]

        return Asked(
            metric=said["metric"],
            comparison=cast("Comparison", said["comparison"]),
            starts_on=said["starts_on"],
            expected=(said["expected"] or 0.0) * scale,
            aim=cast("Aim", said["aim"]),
            least=(said["least"] or 0.0) * scale,
            dimension=dimension,
            changed=dict.fromkeys(ids("changed"), said["starts_on"]),
            others=ids("others"),
            coached=list(said["coached"]) if said["comparison"] == "coaching" else [],
            baseline_weeks=said["baseline_weeks"],
            run_in_weeks=said["run_in_weeks"],
            window_weeks=said["window_weeks"],
            has_trend=said["has_trend"],
            extension_weeks=said["extension_weeks"],
            negative_control=said["negative_control"],
        )


def _units_of(action: Action) -> list[tuple[str, str]]:
    own = {"organisation": action.organisation_id} if action.organisation_id else {}
    at_site = {"site__organisation": action.organisation_id} if action.organisation_id else {}
    rows: list[tuple[str, Any]] = [
        ("team", Team.objects.filter(**at_site).select_related("site").order_by("site__name", "name")),
        ("site", Site.objects.filter(**own).order_by("name")),
        ("queue", Queue.objects.filter(programme=action.programme_id).order_by("name")),
    ]
    if not own:
        rows.append(("organisation", Organisation.objects.order_by("name")))
    return [(f"{name}:{row.pk}", f"{words_actions.DIMENSIONS[name]}: {row}") for name, found in rows for row in found]


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("Reason"), max_length=5_000, widget=_text(2))


class DueForm(ReasonForm):
    """Another day, and why."""

    due_on = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs=_DAY))

    field_order = ("due_on", "reason")


class ExtensionForm(ReasonForm):
    """How much longer, and why."""

    weeks = forms.IntegerField(label=_("Weeks"), min_value=1)


class LessonForm(forms.Form):
    """What an action taught."""

    what_worked = forms.CharField(label=_("What worked"), max_length=5_000, widget=_text())
    what_did_not = forms.CharField(label=_("What did not"), max_length=5_000, required=False, widget=_text())


class InitiativeForm(forms.Form):
    """A charter."""

    title = forms.CharField(label=_("What is it called?"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=Initiative.KINDS)
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none())
    problem = forms.CharField(label=_("Problem"), max_length=5_000, widget=_text())
    goal = forms.CharField(label=_("Goal"), max_length=5_000, widget=_text())
    bounds = forms.CharField(
        label=_("What belongs to it and what does not"), max_length=5_000, required=False, widget=_text(2)
    )
    organisation = forms.ModelChoiceField(
        label=_("Whose alone?"), queryset=Organisation.objects.none(), required=False, empty_label=_("Everybody's")
    )
    sponsor = forms.ModelChoiceField(label=_("Sponsor"), queryset=Person.objects.none(), required=False)
    due_on = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs=_DAY))

    def __init__(self, *args: Any, actor: Actor, today: date, people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = today + timedelta(days=90)
        _rows(self, "programme", visible(actor, scopes.INITIATIVE_EDIT, Programme.objects.order_by("name")))
        _rows(self, "organisation", visible(actor, scopes.INITIATIVE_EDIT, Organisation.objects.order_by("name")))
        _rows(self, "sponsor", Person.objects.filter(pk__in=[each.pk for each in people]).order_by("name"))
        self.fields["organisation"].required = actor.is_outside


class TollgateForm(forms.Form):
    """What must be true at a gate, who passes it, and when."""

    criteria = forms.CharField(
        label=_("What must be true"), max_length=5_000, widget=_text(5), help_text=_("One a line.")
    )
    keeper = forms.ModelChoiceField(
        label=_("Who passes it"), queryset=Person.objects.none(), required=False, empty_label=_("The sponsor")
    )
    planned_on = forms.DateField(label=_("Planned for"), required=False, widget=forms.DateInput(attrs=_DAY))

    def __init__(self, data: Any, *, gate: Tollgate, people: list[Person]):
        said = {"criteria": "\n".join(gate.criteria), "keeper": gate.keeper_id, "planned_on": gate.planned_on}
        super().__init__(data, initial=said)
        _rows(self, "keeper", Person.objects.filter(pk__in=[each.pk for each in people]).order_by("name"))

    def clean_criteria(self) -> list[str]:
        """Line by line."""
        return str(self.cleaned_data["criteria"]).splitlines()


class SuggestionForm(forms.Form):
    """An idea."""

    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none())
    title = forms.CharField(label=_("In a few words"), max_length=200)
    body = forms.CharField(label=_("What should be better, and how?"), max_length=5_000, widget=_text())

    def __init__(self, *args: Any, programmes: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _rows(self, "programme", programmes)


class TriageForm(ReasonForm):
    """What becomes of a suggestion."""

    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[(slug, title) for slug, title in Suggestion.STATES if slug != "new"],
    )
    into = forms.ModelChoiceField(label=_("Merge into"), queryset=Suggestion.objects.none(), required=False)

    field_order = ("state", "into", "reason")

    def __init__(self, *args: Any, others: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _rows(self, "into", others)


def _choices(form: forms.Form, name: str, choices: Any) -> None:
    field: Any = form.fields[name]
    field.choices = list(choices)


def _rows(form: forms.Form, name: str, rows: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = rows
