"""Forms for other tools: handing a file in, and saying what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping as Said
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.access import Actor, visible
from evenkeel.people import Organisation
from evenkeel.work import Programme

from .. import scopes
from ..kinds.importer import importers
from ..models import Tool, ToolRun
from ..tools.fields import DESIGNS, FIELDS, MOMENTS, OPTIONS, SECTIONS
from ..tools.previewing import LookedAt
from .forms import WordsField

_VALUES_HELP = gettext_lazy(
    "One a line: remove = Violating. What stands behind = is what it is here; nothing there leaves those rows out."
)


class ToolFileForm(forms.Form):
    """Rows of another tool: which one, and the file or the query."""

    importer = forms.ChoiceField(label=gettext_lazy("What it is"), widget=forms.RadioSelect, initial="csv")
    tool = forms.CharField(
        label=gettext_lazy("Name of the tool"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "tools", "autocomplete": "off"}),
        help_text=gettext_lazy("Its rows are known again under this name: keep one name for one source."),
    )
    programme = forms.ModelChoiceField(label=gettext_lazy("Programme"), queryset=Programme.objects.none())
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Whose people decide there"), queryset=Organisation.objects.none(), required=False,
        empty_label=gettext_lazy("our own"),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("File"), required=False, help_text=gettext_lazy("Plain or gzip, up to 512 MB.")
    )
    connection = forms.CharField(
        label=gettext_lazy("Connection"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "IMPORT_FROM_DESK", "autocomplete": "off"}),
        help_text=gettext_lazy("For an SQL query: the environment variable in which the operator has put the address."),
    )  # fmt: skip
    query = forms.CharField(
        label=gettext_lazy("Query"), required=False, widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("One SELECT; :since is the moment of the last import."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["importer"].choices = [(kind.slug, kind.title) for kind in importers]  # type: ignore[attr-defined]
        programmes = visible(actor, scopes.IMPORT_DO, Programme.objects.order_by("name"))
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        vendors = visible(actor, "people:organisation:view", Organisation.objects.filter(is_house=False))
        self.fields["organisation"].queryset = vendors  # type: ignore[attr-defined]
        self.tools = list(visible(actor, scopes.IMPORT_DO, Tool.objects.all()).values_list("name", flat=True))

    def kinds(self) -> list[tuple[str, Any, Any, Any]]:
        """The importers as cards: slug, title, why, how to get the file."""
        return [(kind.slug, kind.title, kind.why, kind.how) for kind in importers]


class MappingForm(forms.Form):
    """What the columns of a file mean. A field for each thing a row may tell, and one for the words of those with few."""

    name = forms.CharField(label=gettext_lazy("Name of the mapping"), max_length=80)
    add_workers = forms.BooleanField(
        label=gettext_lazy("Add people who are not known, without an account"), required=False
    )
    add_places = forms.BooleanField(label=gettext_lazy("Add sites and teams that are not known"), required=False)
    add_queues = forms.BooleanField(label=gettext_lazy("Add queues that are not known"), required=False)
    time_zone = forms.CharField(
        label=gettext_lazy("Zone of moments without one"), max_length=60, help_text=gettext_lazy("UTC, Europe/Berlin")
    )
    moments = forms.ChoiceField(label=gettext_lazy("How moments are written"), choices=list(MOMENTS.items()))
    design = forms.ChoiceField(
        label=gettext_lazy("How decisions come to a review there"), choices=list(DESIGNS.items())
    )
    share = forms.FloatField(
        label=gettext_lazy("Share that is reviewed"), required=False, min_value=0, max_value=1,
        widget=forms.NumberInput(attrs={"step": "any"}), help_text=gettext_lazy("Between 0 and 1; for a random share."),
    )  # fmt: skip
    attributes = WordsField(
        label=gettext_lazy("Columns to keep as attributes of the item"),
        required=False,
        help_text=gettext_lazy("By commas."),
    )
    connection = forms.CharField(required=False, widget=forms.HiddenInput)
    query = forms.CharField(required=False, widget=forms.HiddenInput)
    is_partial = forms.BooleanField(label=gettext_lazy("Leave rows out that do not fit"), required=False)

    def __init__(self, *args: Any, spec: Said[str, Any] | None = None, name: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {"name": name, **_initial(spec or {})}
        for slug, field in FIELDS.items():
            self.fields[f"f_{slug}"] = forms.CharField(
                label=field.title,
                help_text=field.help,
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"list": "columns", "autocomplete": "off", "spellcheck": "false"}),
            )
            if field.has_values:
                self.fields[f"v_{slug}"] = forms.CharField(
                    label=_("%(field)s: what its words mean") % {"field": field.title},
                    help_text=_VALUES_HELP,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
                )

    def spec(self) -> dict[str, Any]:
        """What was said, as a mapping says it."""
        said = self.cleaned_data
        values: dict[str, dict[str, str | None]] = {}
        for slug in FIELDS:
            table = _table(said.get(f"v_{slug}", ""))
            if table:
                values[slug] = table
        options = {name: said[name] for name in OPTIONS if name in said}
        return {
            "fields": {slug: said[f"f_{slug}"] for slug in FIELDS if said[f"f_{slug}"]},
            "values": values,
            "options": options,
        }

    def sections(self, looked_at: LookedAt | None) -> list[dict[str, Any]]:
        """The fields by section: each with its first values, and the words that it holds."""
        found = []
        for section, title in SECTIONS.items():
            rows = []
            for slug, field in FIELDS.items():
                if field.section == section:
                    path = str(self[f"f_{slug}"].value() or "")
                    rows.append(
                        {
                            "bound": self[f"f_{slug}"],
                            "values": self[f"v_{slug}"] if field.has_values else None,
                            "words": looked_at.values_of(path) if looked_at and field.has_values and path else [],
                            "is_used": bool(path),
                        }
                    )
            found.append(
                {"slug": section, "title": title, "rows": rows, "is_used": any(row["is_used"] for row in rows)}
            )
        return found

    def option(self, name: str) -> BoundField:
        """One of the options as a bound field."""
        return self[name]

    def add_faults(self, fields: Said[str, list[str]]) -> None:
        """Put what a mapping's check found beside its field."""
        for slug, sentences in fields.items():
            plain = slug.removeprefix("values.").removeprefix("options.")
            name = f"v_{plain}" if slug.startswith("values.") else f"f_{plain}" if plain in FIELDS else plain
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


def _initial(spec: Said[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {f"f_{slug}": path for slug, path in spec.get("fields", {}).items()}
    for slug, table in spec.get("values", {}).items():
        found[f"v_{slug}"] = "\n".join(f"{said} = {ours or ''}".rstrip() for said, ours in table.items())
    options = {**OPTIONS, **spec.get("options", {})}
    return found | options | {"attributes": ", ".join(options["attributes"])}


def _table(said: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for line in said.splitlines():
        value, sign, ours = line.rpartition("=")
        if sign and value.strip():
            found[value.strip()] = ours.strip() or None
    return found


class RunForm(forms.Form):
    """Another file for a mapping that is saved."""

    file = forms.FileField(label=gettext_lazy("File"), required=False)
    is_partial = forms.BooleanField(label=gettext_lazy("Leave rows out that do not fit"), required=False)
    is_trial = forms.BooleanField(label=gettext_lazy("Only try it: check and compare, write nothing"), required=False)


def draft_name(run: ToolRun) -> str:
    """A name for a mapping that nobody has named yet."""
    return f"{run.tool.name}: {importers[run.importer].title}"[:80]
