"""The form of a definition: of a metric, a ratio or a population."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor

from . import scopes
from .definitions.cells import WrongRow, as_table, from_table
from .definitions.facts import facts_offered
from .definitions.said import Said
from .forms_places import place_choices
from .language import WrongExpression, read_amount, write_amount
from .metric import DayMetric, metrics
from .models import DefinitionVersion
from .queries.definitions import metrics_for

_UNITS = (
    ("", gettext_lazy("as it comes")),
    ("percent", gettext_lazy("percent")),
    ("number", gettext_lazy("number")),
    ("count", gettext_lazy("count")),
    ("duration_ms", gettext_lazy("time")),
)
_BETTER = (
    ("up", gettext_lazy("more is better")),
    ("down", gettext_lazy("less is better")),
    ("neither", gettext_lazy("neither way")),
)
OF_SORT = {
    "metric": ("slug", "title", "why", "place", "fact", "figure", "population", "weight", "unit", "better", "guard", "rows",
               "expected", "note"),
    "ratio": ("slug", "title", "why", "place", "above", "below", "unit", "better", "guard", "note"),
    "population": ("slug", "title", "why", "place", "fact", "population", "note"),
}  # fmt: skip
EXPRESSIONS = ("figure", "population", "weight")


class AmountField(forms.CharField):
    """A number as an expression writes it: 95 %, 30 s, 1.5."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_amount(text)
        except WrongExpression as wrong:
            raise forms.ValidationError(wrong.sentence) from None


def _expression(label: Any, help_text: Any, *, required: bool = False) -> forms.CharField:
    attrs = {"rows": 2, "data-expression": "", "spellcheck": "false", "autocomplete": "off", "class": "expression"}
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs=attrs), strip=False
    )


class DefinitionForm(forms.Form):
    """Everything that any sort asks; `sort` says which of it."""

    slug = forms.CharField(
        label=gettext_lazy("Name for programs"),
        max_length=40,
        help_text=gettext_lazy("Small letters, digits and _: night_accuracy. It never changes."),
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    why = forms.CharField(
        label=gettext_lazy("What it tells"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("And what it does not: people decide by it."),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("For"),
        required=False,
        help_text=gettext_lazy("For an organisation or a programme it counts their rows alone."),
    )
    fact = forms.ChoiceField(label=gettext_lazy("Read from"))
    figure = _expression(
        gettext_lazy("What is measured"),
        gettext_lazy(
            "share(…), mean(…), sum(…), count(…), per_hour(…), or a sum over another: share(active_ms > 30 s)."
        ),
        required=True,
    )
    population = _expression(
        gettext_lazy("Which rows count"), gettext_lazy('A condition, such as origin in ("desk", "api"). Empty: all.')
    )
    weight = _expression(
        gettext_lazy("How much a row counts"),
        gettext_lazy("Empty: 1, and for audits 1 / pi, which makes up for the odds of being drawn."),
    )
    above = forms.ChoiceField(label=gettext_lazy("Metric above the line"))
    below = forms.ChoiceField(
        label=gettext_lazy("Metric below the line"),
        help_text=gettext_lazy(
            "The interval takes the two as uncorrelated. Of one fact, sum(…) / sum(…) knows better."
        ),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Shown as"), choices=_UNITS, required=False)
    better = forms.ChoiceField(label=gettext_lazy("Better"), choices=_BETTER)
    guard = forms.ChoiceField(
        label=gettext_lazy("Guarded by"),
        help_text=gettext_lazy("What must not get worse while this one gets better; shown beside it."),
    )
    rows = forms.CharField(
        label=gettext_lazy("Unit-test rows"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "expression"}),
        help_text=gettext_lazy("Names of columns first, then a row a line, with commas. An empty cell is empty."),
    )
    expected = AmountField(
        label=gettext_lazy("They must give"),
        required=False,
        help_text=gettext_lazy("Work it out by hand: 50 %, 30 s, 12. Nothing is published that gives something else."),
    )
    note = forms.CharField(
        label=gettext_lazy("What changed"),
        max_length=1_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("And what that does to figures: whoever compares with last month will read it."),
    )

    def __init__(self, *args: Any, actor: Actor, sort: str, version: DefinitionVersion | None = None, **kwargs: Any):
        self.sort, self.version = sort, version
        if version is not None:
            kwargs["initial"] = _initial(version)
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in OF_SORT[sort]:
                del self.fields[name]
        if version is not None:
            del self.fields["slug"], self.fields["place"]
            self.fields["note"].required = True
        else:
            del self.fields["note"]
            place = self.fields["place"]
            assert isinstance(place, forms.ChoiceField)
            place.choices = place_choices(actor, scopes.METRIC_EDIT, kinds=("organisation", "programme"))
        if sort == "population":
            self.fields["population"].required = True
            self.fields["population"].help_text = _("A condition, such as hour(decided_at) >= 22.")
        self._offer("fact", [(name, f"{name}: {fact.why}") for name, fact in facts_offered().items()])
        kinds = metrics_for(actor) if sort != "population" else []
        self._offer("guard", [(kind.slug, str(kind.title)) for kind in kinds])
        by_day = [(kind.slug, str(kind.title)) for kind in kinds if issubclass(kind, DayMetric)]
        for name in ("above", "below"):
            self._offer(name, self._with_present(name, by_day))

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _with_present(self, name: str, choices: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """A side that is pinned to a version stays to be chosen."""
        present = getattr(self.version, name, "")
        if present and present not in dict(choices) and present in metrics:
            return [(present, present), *choices]
        return choices

    def clean_rows(self) -> list[dict[str, Any]]:
        try:
            return from_table(self.cleaned_data["rows"])
        except WrongRow as wrong:
            raise forms.ValidationError(wrong.told()) from None

    def said(self) -> Said:
        """What was said, once the form is valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("slug", "place")}
        return Said(sort=self.sort, **given)


def draft_of(sent: Any, sort: str) -> Said:
    """What the form says so far, whether it is complete or not: for the preview."""
    texts = {name: sent.get(name, "") for name in ("fact", *EXPRESSIONS, "above", "below", "unit")}
    return Said(sort=sort, title=sent.get("title") or "–", why="–", better="up", **texts)


def _initial(version: DefinitionVersion) -> dict[str, Any]:
    names = ("title", "why", "fact", *EXPRESSIONS, "above", "below", "unit", "better", "guard")
    said: dict[str, Any] = {name: getattr(version, name) for name in names}
    said["rows"] = as_table(version.rows)
    if version.expected is not None:
        said["expected"] = write_amount(version.expected, version.unit)
    return said
