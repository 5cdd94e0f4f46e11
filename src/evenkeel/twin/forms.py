"""Asking for a what-if study: the organisation, and the variants, each with the numbers that it has otherwise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.errors import Invalid
from evenkeel.work import Programme

from .models import WhatIfStudy
from .scopes import STUDY_RUN
from .studies.asking import MOST_SEEDS, MOST_VARIANTS, Asked
from .studies.knobs import KNOBS
from .wide.reading import read_plan, shipped

_SHARES = [("1", "100 %"), ("0.5", "50 %"), ("0.2", "20 %"), ("0.1", "10 %"), ("0.05", "5 %"), ("0.02", "2 %")]
_FITTED = ""
# Lived through soonest, so it is what the form begins with.
_QUICKEST = "month"
_HOLD_FOR_ALL = ("arriving", "promise", "target")


class StudyForm(forms.Form):
    """Which organisation, how often, and what holds for all variants."""

    title = forms.CharField(label=gettext_lazy("What do you want to know?"), max_length=120)
    scenario = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programme"), queryset=Programme.objects.none(), required=False, empty_label="–",
        help_text=gettext_lazy("For an organisation like your own: whose log it is fitted to."),
    )  # fmt: skip
    since = forms.DateField(
        label=gettext_lazy("Like its days from"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Choose days without known faults, or they become everybody's habit."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("until before"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    seeds = forms.IntegerField(
        label=gettext_lazy("How many organisations"), min_value=1, max_value=MOST_SEEDS, initial=3,
        help_text=gettext_lazy("As many live through each variant. One is one story; intervals need three."),
    )  # fmt: skip
    work = forms.TypedChoiceField(
        label=gettext_lazy("Share of the work"), choices=_SHARES, coerce=float, initial="0.1",
        help_text=gettext_lazy("A part of the decisions with as many audits is quicker, and as hard for the watch."),
    )  # fmt: skip
    no_events = forms.BooleanField(
        label=gettext_lazy("Nothing befalls anybody"), required=False,
        help_text=gettext_lazy("Without the scenario's faults: every signal is then about nothing."),
    )  # fmt: skip
    for_all = forms.CharField(
        label=gettext_lazy("Other numbers for all"), required=False, max_length=500,
        help_text=gettext_lazy("By commas, as the scenario's file names them: habits.learning=0.5, days=42"),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        own = [(_FITTED, _("like one of our programmes"))]
        come_along = [(name, f"{name}: {read_plan(name).title}") for name in shipped()]
        is_everywhere = actor.is_system or any(grant.kind is None for grant in actor.grants_for(STUDY_RUN))
        self.fields["scenario"].choices = (come_along if is_everywhere else []) + own  # type: ignore[attr-defined]
        programmes = visible(actor, STUDY_RUN, Programme.objects.order_by("name"))
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        for knob in KNOBS:
            if knob.slug in _HOLD_FOR_ALL:
                self.fields[f"all_{knob.slug}"] = _number(knob)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not said.get("scenario") and not said.get("programme") and "programme" not in self.errors:
            self.add_error("programme", _("Choose the programme, or an organisation that comes along."))
        return said

    def fields_for_all(self) -> list[BoundField]:
        """What holds for every variant."""
        return [*(self[f"all_{slug}"] for slug in _HOLD_FOR_ALL), self["for_all"], self["no_events"]]

    def changes(self) -> tuple[str, ...]:
        """What was said for all, as the command line would have it."""
        said = self.cleaned_data
        found = [knob.change(said[f"all_{knob.slug}"]) for knob in KNOBS if said.get(f"all_{knob.slug}") is not None]
        return (*found, *_listed(said.get("for_all", "")), *(["events=none"] if said.get("no_events") else []))


class VariantForm(forms.Form):
    """One variant: a name, and the numbers that it has otherwise."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields |= {knob.slug: _number(knob) for knob in KNOBS}
        self.fields["other"] = forms.CharField(
            label=_("Other numbers"), required=False, max_length=500,
            help_text=_("By commas, as the scenario's file names them: audits.boosts.Abuse=3"),
        )  # fmt: skip

    def numbers(self) -> list[BoundField]:
        return [self[knob.slug] for knob in KNOBS] + [self["other"]]

    def changes(self) -> tuple[str, ...]:
        """What was said, as the command line would have it."""
        said = self.cleaned_data
        found = [knob.change(said[knob.slug]) for knob in KNOBS if said.get(knob.slug) is not None]
        return (*found, *_listed(said.get("other", "")))


class StudyForms:
    """The form of the study with those of its variants. Rows that are left empty are no variants."""

    def __init__(self, actor: Actor, posted: QueryDict | None, *, like: WhatIfStudy | None = None) -> None:
        initial = _initial_of(like) if like else {"variants": [{}, {}], "scenario": _QUICKEST}
        self.study = StudyForm(posted, actor=actor, initial=initial)
        n = _rows(posted) if posted is not None else max(len(initial["variants"]), 2)
        self.variants = [
            VariantForm(posted, prefix=f"v{place}", initial=dict(enumerate(initial["variants"])).get(place, {}))
            for place in range(n)
        ]
        self.may_grow = n < MOST_VARIANTS

    @property
    def all(self) -> list[forms.Form]:
        return [self.study, *self.variants]

    def is_valid(self) -> bool:
        """Asks every form, so that all faults stand there at once."""
        return all([form.is_valid() for form in self.all])  # noqa: C419

    @property
    def has_errors(self) -> bool:
        return any(form.is_bound and form.errors for form in self.all)

    def asked(self) -> Asked:
        """What was said."""
        said = self.study.cleaned_data
        return Asked(
            title=said["title"], scenario=said["scenario"], since=said["since"], until=said["until"],
            for_all=self.study.changes(), variants=tuple((form.cleaned_data["name"], form.changes()) for form in self._used()),
            seeds=said["seeds"], work=said["work"],
        )  # fmt: skip

    def tell(self, wrong: Invalid) -> None:
        """Put each fault beside its field."""
        used = self._used()
        for name, sentences in wrong.fields.items():
            head, _dot, number = name.partition(".")
            form: forms.Form = used[int(number)] if head == "variants" and number else self.study
            for sentence in sentences:
                form.add_error(_field_of(form, head, sentence), sentence)
        if not wrong.fields:
            self.study.add_error(None, wrong.sentence)

    def _used(self) -> list[VariantForm]:
        return [form for form in self.variants if form.changes() or form.cleaned_data["name"]]


def _field_of(form: forms.Form, field: str, sentence: str) -> str | None:
    """The field of a fault: by its name, or by the number of the scenario with which the sentence begins."""
    path = sentence.partition(":")[0]
    for knob in KNOBS:
        slug = knob.slug if isinstance(form, VariantForm) else f"all_{knob.slug}"
        if path == knob.changes and slug in form.fields:
            return slug
    if isinstance(form, VariantForm):
        return "other" if path != sentence else "name"
    return field if field in form.fields else None


def _number(knob: Any) -> forms.Field:
    kind = forms.IntegerField if knob.is_whole else forms.FloatField
    widget = forms.NumberInput(attrs={"step": "1" if knob.is_whole else "any", "inputmode": "decimal"})
    label = f"{knob.title} ({knob.unit})" if knob.unit else knob.title
    return kind(
        label=label, help_text=knob.help, required=False, min_value=knob.least, max_value=knob.most, widget=widget
    )


def _listed(said: str) -> list[str]:
    return [part.strip() for part in said.split(",") if part.strip()]


def _rows(posted: QueryDict) -> int:
    """How many rows of variants the page has; one more where somebody asks for it."""
    said = posted.get("rows", "2")
    n = int(said[:3]) if said.isascii() and said.isdigit() else 2
    return min(max(n + ("more" in posted), 1), MOST_VARIANTS)


def _initial_of(like: WhatIfStudy) -> dict[str, Any]:
    """A study's own answers, to ask it again with other numbers."""
    whole = _split(like.for_all, _HOLD_FOR_ALL, "for_all")
    found: dict[str, Any] = {
        "title": like.title, "scenario": like.scenario, "programme": like.programme_id, "since": like.since_on,
        "until": like.until_on, "seeds": like.seeds, "work": f"{like.work:g}", "no_events": "events=none" in like.for_all,
        "for_all": whole.pop("for_all", ""), **{f"all_{slug}": value for slug, value in whole.items()},
    }  # fmt: skip
    slugs = tuple(knob.slug for knob in KNOBS)
    found["variants"] = [{"name": each["name"], **_split(each["changes"], slugs, "other")} for each in like.variants]
    return found


def _split(changes: list[str], slugs: tuple[str, ...], rest: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    others = []
    for change in changes:
        path, _is, value = change.partition("=")
        knob = next((each for each in KNOBS if each.changes == path.strip() and each.slug in slugs), None)
        if knob is not None:
            found[knob.slug] = f"{float(value) * (100 if knob.is_share else 1):.10g}"
        elif change != "events=none":
            others.append(change)
    return found | {rest: ", ".join(others)}
