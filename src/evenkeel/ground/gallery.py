"""The page /ui: every part of the design system in every state. For looking, and for the accessibility tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from evenkeel.kernel import Estimate

from .pages import PageRequest, page, render
from .tables import ChoiceFilter, Column, Empty, PeriodFilter, Table, TextFilter
from .templatetags.layout import Tab
from .templatetags.marks import icon_names

QUEUES = _("Queues")
MOMENT = datetime(2025, 3, 14, 9, 26, 53, tzinfo=UTC)
SIDES = (
    ("figures", _("Figures")),
    ("words", _("Words and marks")),
    ("forms", _("Forms")),
    ("tables", _("Tables")),
    ("charts", _("Charts")),
)


@dataclass(frozen=True)
class Organisation:
    name: str


@dataclass(frozen=True)
class Person:
    name: str
    organisation: Organisation | None = None


def wilson_like(value: float, half: float, n: int, **more: Any) -> Estimate:
    """An example figure; its interval is written down, not computed."""
    given = {"n_effective": float(n), "method": "wilson", **more}
    return Estimate(value=value, low=value - half, high=min(1.0, value + half * 0.8), n=n, **given)


FIGURES = {
    "known": wilson_like(0.924, 0.021, 1204),
    "weighted": wilson_like(0.871, 0.034, 5300, n_effective=610.0, method="horvitz_thompson"),
    "thin": wilson_like(0.8, 0.31, 10),
    "unknown": Estimate.unknown(method="wilson"),
    "alpha": Estimate(value=0.612, low=0.574, high=0.651, n=350, n_effective=350.0, method="bootstrap"),
    "seconds": Estimate(value=71.4, low=68.0, high=75.2, n=2210, n_effective=2210.0, method="bootstrap"),
    "cents": Estimate(value=1840.0, low=1795.0, high=1888.0, n=420, n_effective=420.0, method="t"),
    "change": Estimate(value=-0.018, low=-0.034, high=-0.002, n=2380, n_effective=2380.0, method="newcombe"),
}
PEOPLE = [
    Person("Amara Okafor", Organisation("Northlight")),
    Person("Jonas Lindqvist", Organisation("Harbour Review")),
    Person("Mei Tanaka"),
    Person("Łucja Żak", Organisation("Northlight")),
]


class Example(forms.Form):
    """Every widget there is, empty or with errors."""

    title = forms.CharField(label=_("Title"), help_text=_("Shown in lists and in the heading."), max_length=60)
    mail = forms.EmailField(label=_("Mail address"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[("", "–"), ("de", _("German")), ("pt", _("Portuguese"))])
    share = forms.DecimalField(
        label=_("Share to audit"), min_value=0, max_value=100, help_text=_("Of each day's decisions, in percent.")
    )
    starts_on = forms.DateField(label=_("Starts on"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    why = forms.CharField(
        label=_("Reason"), widget=forms.Textarea, required=False, help_text=_("People read it with the change.")
    )
    severity = forms.ChoiceField(
        label=_("Severity"), choices=[("low", _("Low")), ("high", _("High"))], widget=forms.RadioSelect
    )
    markets = forms.MultipleChoiceField(
        label=_("Markets"),
        choices=[("eu", _("Europe")), ("br", _("Brazil"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    skills = forms.MultipleChoiceField(
        label=_("Skills"), choices=[("a", _("Audio")), ("v", _("Video")), ("t", _("Text"))], required=False
    )
    is_blind = forms.BooleanField(
        label=_("Hide the first answer"), required=False, help_text=_("The auditor judges on her own.")
    )
    evidence = forms.FileField(label=_("Evidence"), required=False)
    fixed = forms.CharField(label=_("Not yours to change"), disabled=True, initial="EU-117", required=False)


def queue_rows() -> list[dict[str, Any]]:
    """Forty queues that there are not."""
    words = ("Harassment", "Spam", "Violence", "Self-harm", "Minors", "Scams", "Hate", "Nudity")
    return [
        {
            "id": number,
            "title": f"{words[number % 8]} {('EN', 'DE', 'PT', 'JA', 'AR')[number % 5]}",
            "state": ("open", "paused", "closed")[number % 3],
            "owner": PEOPLE[number % 4] if number % 7 else None,
            "open_count": number * 137 % 2900,
            "accuracy": None
            if number % 11 == 3
            else wilson_like(0.99 - (number * 7 % 23) / 100, 0.6 / (5 + number), 6 + number * 31 % 900),
            "turnaround": 40.0 * (number * 13 % 170),
            "audited": (number * 5 % 40, 40),
            "weeks": [0.9 + (number * step * 3 % 13 - 6) / 100 for step in range(1, 9)],
            "made_at": MOMENT - timedelta(days=number * 9, hours=number),
        }
        for number in range(1, 41)
    ]


def queue_table(request: PageRequest, *, rows: list[dict[str, Any]], key: str = "", title: Any = QUEUES) -> Table:
    """The example table."""
    states = {"open": (_("Open"), "good"), "paused": (_("Paused"), "warn"), "closed": (_("Closed"), "quiet")}
    return Table(
        request,
        rows,
        key=key,
        title=title,
        columns=[
            Column("title", _("Queue"), sort=True, link=lambda row: f"#queue-{row['id']}"),
            Column(
                "state",
                _("State"),
                kind="badge",
                sort=True,
                value=lambda row: states[row["state"]][0],
                tone=lambda row: states[row["state"]][1],
            ),
            Column("owner", _("Owner"), kind="person"),
            Column("open_count", _("Open"), kind="count", sort=True, help=_("Items that wait for a decision.")),
            Column(
                "accuracy", _("Accuracy"), kind="estimate", bar=True, sort=True, link=lambda row: f"#audits-{row['id']}"
            ),
            Column("turnaround", _("Turnaround"), kind="duration", sort=True),
            Column("audited", _("Audited"), kind="progress"),
            Column("weeks", _("Eight weeks"), kind="sparkline", of="percent", optional=True),
            Column("made_at", _("Made"), kind="moment", sort=True, optional=True),
        ],
        filters=[
            TextFilter("q", _("Search queues"), fields=["title"]),
            ChoiceFilter("state", _("State"), choices=[(slug, words) for slug, (words, _tone) in states.items()]),
            PeriodFilter("made", _("Made"), field="made_at"),
        ],
        default_sort="title",
        export_name="queues",
        selectable=not key,
        empty=Empty(
            title=_("No queues yet"),
            body=_("A queue holds items that wait for a decision. The first import makes one."),
            icon="inbox",
            action=_("Make a queue"),
            href="#new",
        ),
    )


@page(_("Design system"), public=True)
def gallery(request: PageRequest, side: str = "figures") -> HttpResponseBase:
    """One side of the gallery."""
    table = queue_table(request, rows=queue_rows())
    if side == "tables" and (file := table.export()):
        return file
    return render(
        request,
        f"ground/gallery/{side}.html",
        {
            "sides": [Tab(title, f"/ui/{slug}", is_current=slug == side) for slug, title in SIDES],
            "figures": FIGURES,
            "people": PEOPLE,
            "at": MOMENT,
            "on": date(2025, 3, 14),
            "weeks": [0.91, 0.92, None, 0.9, 0.93, 0.94, 0.935, 0.95],
            "icons": sorted(icon_names()),
            "form": Example(initial={"title": _("Harassment, German")}),
            "wrong": Example(
                {"title": "", "mail": "nobody", "share": "140", "severity": "", "language": ""}, auto_id="wrong_%s"
            ),
            "tones": ["good", "warn", "bad", "info"],
            "table": table,
            "empty": queue_table(request, rows=[], key="empty", title=_("Queues of a new organisation")),
            "facts": [
                (_("Programme"), "DICES"),
                (_("Queue"), _("Harassment, German")),
                (_("Policy version"), "4.2"),
                (_("Closed"), None),
            ],
            "charts": charts() if side == "charts" else [],
        },
    )


def charts() -> list[Any]:
    """A worked example of each kind of chart."""
    from .charts import chart_kinds

    return [kind.example() for kind in chart_kinds]


urlpatterns = [
    path("ui/", gallery, name="gallery"),
    *(path(f"ui/{slug}", gallery, {"side": slug}, name=f"gallery-{slug}") for slug, _title in SIDES),
]
