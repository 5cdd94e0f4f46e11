"""Parts of a page: what they say, to eyes and to screen readers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.db import models
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from evenkeel.kernel import Estimate

from .. import templatetags
from ..templatetags import marks, parts, terms, wording
from ..templatetags.estimates import read

CSS = Path(templatetags.__path__[0]).parent / "static/ground/css"
KNOWN = Estimate(value=0.924, low=0.903, high=0.941, n=1204, n_effective=1204.0, method="wilson")
THIN = Estimate(value=0.8, low=0.49, high=0.94, n=10, n_effective=10.0, method="wilson")


def drawn(source: str, **context: Any) -> str:
    """A template's output on one line."""
    return " ".join(Template("{% load parts %}" + source).render(Context(context)).split())


def words(html: str) -> str:
    """The text of some HTML."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


class TestEstimate:
    def test_shows_value_interval_and_n(self) -> None:
        html = parts.estimate(KNOWN)
        shown = words(html[html.index("estimate-shown") - 40 :])
        assert "92.4\u202f%" in html
        assert "90.3–94.1\u202f%" in html
        assert "n 1,204" in shown

    def test_tells_everything_in_one_sentence(self) -> None:
        assert read(KNOWN).sentence == "92.4\u202f%; 95\u202f% interval 90.3–94.1\u202f%; n 1,204; method wilson"

    def test_says_how_much_a_weighted_sample_is_worth(self) -> None:
        weighted = Estimate(value=0.9, low=0.85, high=0.94, n=5300, n_effective=610.2, method="horvitz_thompson")
        assert "as informative as 610 drawn at random; method horvitz thompson" in read(weighted).sentence

    def test_marks_thin_data_in_words(self) -> None:
        reading = read(THIN)
        assert reading.state == "thin"
        assert "too few cases to compare or rank" in reading.sentence
        assert ">thin<" in parts.estimate(THIN)

    @pytest.mark.parametrize("nothing", [None, Estimate.unknown(method="wilson"), {"value": None, "n": 0}])
    def test_never_shows_zero_for_what_is_not_known(self, nothing: Any) -> None:
        html = parts.estimate(nothing)
        assert "Not known yet" in html
        assert "0.0" not in html

    def test_keeps_a_figure_of_few_people_to_itself(self) -> None:
        html = parts.estimate(KNOWN, withheld=True)
        assert "Fewer than 5 people" in html
        assert "92" not in html
        assert "1,204" not in html

    def test_says_so_when_there_is_no_interval(self) -> None:
        single = Estimate(value=12.0, low=float("nan"), high=float("nan"), n=1, n_effective=40.0, method="mean")
        assert (
            read(single, kind="count").sentence
            == "12; no interval; n 1; as informative as 40 drawn at random; method mean"
        )

    def test_opens_its_rows(self) -> None:
        assert parts.estimate(KNOWN, href="/rows?a=1&b=2").startswith(
            '<a class="estimate known" href="/rows?a=1&amp;b=2"'
        )

    def test_reads_a_mapping_too(self) -> None:
        assert read(KNOWN.to_dict()) == read(KNOWN)

    def test_draws_the_interval_at_least_as_wide_as_its_mark(self) -> None:
        sure = Estimate(value=0.5, low=0.4999, high=0.5001, n=10**6, n_effective=1e6, method="wilson")
        assert 'd="M30.0 6H34.0"' in parts.estimate(sure, bar=True)


class TestWords:
    @pytest.mark.parametrize(
        ("value", "kind", "text"),
        [
            (0.5, "percent", "50.0\u202f%"),
            (-0.0001, "percent", "0.0\u202f%"),
            (0.018, "points", "+1.8 pts"),
            (-0.018, "points", "−1.8 pts"),
            (12304, "count", "12,304"),
            (0.7321, "number", "0.73"),
            (3, "number", "3"),
            (4.25, "duration", "4.2 s"),
            (59.6, "duration", "1 min 00 s"),
            (72, "duration", "1 min 12 s"),
            (3599.7, "duration", "1 h 00 min"),
            (11_100, "duration", "3 h 05 min"),
            (100_000, "duration", "1 d 4 h"),
            (-72, "duration", "−1 min 12 s"),
            (845, "duration_ms", "845 ms"),
            (2500, "duration_ms", "2.5 s"),
            (120_450, "money_cents", "1,204.50"),
            (None, "count", "–"),
            (float("nan"), "percent", "–"),
        ],
    )
    def test_reads_as_people_say_it(self, value: float | None, kind: str, text: str) -> None:
        assert wording.value_text(value, kind=kind) == text

    @pytest.mark.parametrize(
        ("ends", "how", "text"),
        [
            ((0.881, 0.953), {"kind": "percent"}, "88.1–95.3\u202f%"),
            ((-0.034, -0.002), {"kind": "points"}, "−3.4 to −0.2 pts"),
            ((0.574, 0.651), {"kind": "number", "digits": 3}, "0.574–0.651"),
            ((68.0, 75.2), {"kind": "duration"}, "1 min 08 s – 1 min 15 s"),
        ],
    )
    def test_says_the_unit_of_an_interval_once(self, ends: tuple[float, float], how: Any, text: str) -> None:
        assert wording.interval_text(*ends, **how) == text

    def test_puts_the_currency_before_the_amount(self) -> None:
        assert parts.money(120450, "EUR") == "EUR\xa01,204.50"

    @pytest.mark.parametrize(
        ("seconds", "text"),
        [(10, "just now"), (60, "1 min ago"), (7200, "2 hours ago"), (86400 * 3, "3 days ago"), (-3600, "in 1 hour")],
    )
    def test_says_how_long_ago(self, seconds: float, text: str) -> None:
        assert wording.ago_text(seconds) == text


class TestMoment:
    at = datetime(2025, 3, 14, 9, 26, 53, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("later", "text"),
        [
            (timedelta(hours=1), "09:26"),
            (timedelta(days=2), "14 Mar, 09:26"),
            (timedelta(days=365), "14 Mar 2025, 09:26"),
        ],
    )
    def test_leaves_out_what_now_makes_obvious(self, later: timedelta, text: str) -> None:
        assert words(parts.moment(self.at, now=self.at + later)) == text

    def test_gives_machines_and_the_curious_the_exact_moment(self) -> None:
        html = parts.moment(self.at)
        assert 'datetime="2025-03-14T09:26:53+00:00"' in html
        assert 'title="Friday 14 March 2025, 09:26:53 UTC"' in html

    def test_takes_now_from_the_request(self) -> None:
        request = RequestFactory().get("/")
        request.now = self.at + timedelta(minutes=5)  # type: ignore[attr-defined]
        assert words(drawn('{% moment at style="ago" %}', at=self.at, request=request)) == "5 min ago"

    def test_gives_a_day_its_weekday(self) -> None:
        assert 'title="Friday 14 March 2025">14 Mar 2025<' in parts.day(date(2025, 3, 14))

    def test_shows_a_dash_where_there_is_none(self) -> None:
        assert words(parts.moment(None)) == words(parts.day(None)) == "–"


@dataclass
class Somebody:
    name: str = "Amara Okafor"
    organisation_name: str = "Northlight"


class TestMarks:
    def test_an_icon_is_decoration_unless_it_says_something(self) -> None:
        assert 'aria-hidden="true"' in parts.icon("inbox")
        assert 'role="img" aria-label="Queue"' in parts.icon("inbox", label="Queue")

    def test_an_unknown_icon_is_a_bug_that_names_its_neighbours(self) -> None:
        with pytest.raises(LookupError, match="inbox"):
            parts.icon("in-box")

    def test_every_icon_of_the_sprite_is_one_drawing(self) -> None:
        sprite = marks.SPRITE.read_text()
        assert sprite.count("<symbol ") == len(marks.icon_names()) > 50
        assert "ISC License" in sprite

    def test_a_badge_says_its_state_in_words(self) -> None:
        assert words(parts.badge("Open", tone="good")) == "Open"

    def test_text_is_escaped(self) -> None:
        assert "<b>" not in parts.badge("<b>")
        assert "<b>" not in parts.person(Somebody(name="<b>"))
        assert "<b>" not in drawn("{% card title=it %}{{ it }}{% endcard %}{% stat it 3 help=it %}", it="<b>")

    def test_a_person_has_initials_name_and_organisation(self) -> None:
        assert words(parts.person(Somebody())) == "AO Amara Okafor Northlight"
        assert words(parts.person(Somebody(), organisation=False)) == "AO Amara Okafor"
        assert words(parts.person(None)) == "Nobody"

    @pytest.mark.parametrize(
        ("name", "letters"),
        [("Amara Okafor", "AO"), ("Cher", "C"), ("Jean-Luc van der Berg", "JB"), ("", "?"), ("(x)", "?")],
    )
    def test_initials_come_from_the_first_and_the_last_word(self, name: str, letters: str) -> None:
        assert marks.initials(name) == letters

    def test_a_person_of_the_database_costs_no_query_for_the_organisation(self) -> None:
        class Lazy:
            name = "Amara Okafor"
            _state = type("State", (), {"fields_cache": {}})()

            @property
            def organisation(self) -> models.Model:
                raise AssertionError("asked the database")

        assert words(parts.person(Lazy())) == "AO Amara Okafor"

    def test_progress_says_how_much_of_how_much(self) -> None:
        html = parts.progress(12, 40, "Audited")
        assert 'value="0.3000"' in html
        assert 'aria-label="Audited: 12 of 40"' in html
        assert 'value="0.0000"' in parts.progress(0, 0, "Audited")

    def test_a_sparkline_breaks_at_a_gap_and_is_told_in_words(self) -> None:
        html = parts.sparkline([0.9, 0.95, None, KNOWN, 0.92], label=gettext_lazy("Accuracy"), kind="percent")
        assert html.count("<path") == 2
        assert "From 90.0\u202f% to 92.0\u202f%, lowest 90.0\u202f%, highest 95.0\u202f%." in html

    def test_a_sparkline_of_nothing_says_so(self) -> None:
        assert "not known yet" in parts.sparkline([None, float("nan")], label="Accuracy")


class TestTerms:
    @pytest.fixture(autouse=True)
    def _own_terms(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(terms, "_terms", {})

    def test_shows_the_meaning_of_a_registered_word(self) -> None:
        parts.define("accuracy", "Accuracy", "Right among all audited.")
        html = drawn('{% definition "accuracy" %}')
        assert 'data-tip="Right among all audited."' in html
        assert words(html) == "Accuracy (Right among all audited.)"

    def test_refuses_a_second_meaning(self) -> None:
        parts.define("accuracy", "Accuracy", "Right among all audited.")
        parts.define("accuracy", "Accuracy", "Right among all audited.")
        with pytest.raises(ValueError, match="already means"):
            parts.define("accuracy", "Accuracy", "Something else.")

    def test_an_unknown_word_is_a_bug(self) -> None:
        with pytest.raises(LookupError):
            parts.definition("no_such_word")


class TestBlocks:
    def test_a_card_holds_its_content_under_a_heading(self) -> None:
        html = drawn('{% card title="Sites" level=3 href="/sites" %}<p>{{ n }}</p>{% endcard %}', n=3)
        assert '<h3 class="card-title"><a href="/sites">Sites</a></h3>' in html
        assert "<p>3</p>" in html

    def test_an_empty_state_teaches_and_leads_on(self) -> None:
        html = drawn(
            '{% empty_state title="No queues" action="Make one" href="/new" %}It holds items.{% endempty_state %}'
        )
        assert words(html) == "No queues It holds items. Make one"
        assert 'href="/new"' in html

    def test_a_dialog_is_named_by_its_title_and_starts_at_its_first_field(self) -> None:
        html = drawn('{% dialog id="close" title="Close it" %}<input name="why">{% enddialog %}')
        assert 'aria-labelledby="close-title"' in html
        assert html.index('name="why"') < html.index('aria-label="Close"')

    def test_two_menus_on_a_page_do_not_share_an_id(self) -> None:
        html = drawn('{% menu "More" %}a{% endmenu %}{% menu "More" %}b{% endmenu %}')
        assert len(set(re.findall(r'popovertarget="([^"]+)"', html))) == 2

    def test_a_change_of_a_share_is_said_in_points(self) -> None:
        html = drawn(
            '{% stat "Accuracy" est kind="percent" change=change %}', est=KNOWN, change={"value": 0.018, "n": 90}
        )
        assert "+1.8 pts" in html

    def test_a_stat_that_is_counted_stands_alone(self) -> None:
        assert words(drawn('{% stat "Decisions" 43050 %}')) == "Decisions 43,050"

    def test_the_current_tab_is_said(self) -> None:
        items = [parts.Tab("One", "/1", is_current=True), parts.Tab("Two", "/2", count=1204)]
        html = drawn('{% tabs items label="Sides" %}', items=items)
        assert html.count("aria-current") == 1
        assert "1,204" in html

    def test_what_is_missing_in_a_list_of_facts_is_a_dash(self) -> None:
        assert words(drawn("{% key_values pairs %}", pairs=[("Closed", None), ("Open", 0)])) == "Closed – Open 0"

    def test_keys_stand_one_by_one(self) -> None:
        assert parts.kbd("g q") == '<span class="keys"><kbd>g</kbd><kbd>q</kbd></span>'


class TestButton:
    def test_is_a_link_where_it_leads_somewhere(self) -> None:
        assert drawn('{% button "Open" href="/x" %}').startswith('<a class="button secondary" href="/x"')
        assert drawn('{% button "Open" href="/x" disabled=True %}').startswith("<button")

    def test_opens_a_dialog_with_and_without_script(self) -> None:
        html = drawn('{% button "Close" dialog="close" %}')
        assert 'command="show-modal" commandfor="close"' in html
        assert 'type="button"' in html

    def test_says_its_name_when_it_shows_only_an_icon(self) -> None:
        assert 'aria-label="Edit"' in drawn('{% button "Edit" icon="edit" icon_only=True %}')

    def test_tells_its_key(self) -> None:
        html = drawn('{% button "Violates" key="v" %}')
        assert 'aria-keyshortcuts="v"' in html
        assert '<kbd aria-hidden="true">v</kbd>' in html


class Everything(forms.Form):
    text = forms.CharField(help_text="What for.")
    lines = forms.CharField(widget=forms.Textarea)
    choice = forms.ChoiceField(choices=[("a", "A")])
    choices = forms.MultipleChoiceField(choices=[("a", "A")])
    radio = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, help_text="Take one.")
    boxes = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    check = forms.BooleanField(help_text="Think first.")
    number = forms.IntegerField(min_value=1)
    share = forms.DecimalField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    moment = forms.SplitDateTimeField()
    file = forms.FileField()
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput)
    maybe = forms.CharField(required=False)


class TestField:
    @pytest.mark.parametrize("name", [name for name in Everything.base_fields if name != "hidden"])
    @pytest.mark.parametrize("data", [None, {}])
    def test_has_a_label_and_points_only_at_what_is_there(self, name: str, data: Any) -> None:
        html = drawn("{% field bound %}", bound=Everything(data)[name])
        ids = set(re.findall(r' id="([^"]+)"', html))
        pointed = {one for group in re.findall(r' aria-describedby="([^"]+)"', html) for one in group.split()}
        labelled = set(re.findall(r' for="([^"]+)"', html))
        assert pointed <= ids
        assert labelled <= ids
        assert labelled or "<legend" in html

    def test_ties_help_and_error_to_the_control(self) -> None:
        html = drawn("{% field bound %}", bound=Everything({})["text"])
        assert 'aria-describedby="id_text_helptext id_text_error"' in html
        assert 'aria-invalid="true"' in html
        assert "This field is required." in html

    def test_a_group_of_choices_is_described_as_a_group(self) -> None:
        html = drawn("{% field bound %}", bound=Everything({})["radio"])
        assert html.startswith('<fieldset class="field choices" aria-describedby="id_radio_helptext id_radio_error"')

    def test_marks_what_may_be_left_out(self) -> None:
        assert "optional" in drawn("{% field bound %}", bound=Everything()["maybe"])
        assert "optional" not in drawn("{% field bound %}", bound=Everything()["text"])

    def test_a_hidden_field_is_nothing_but_itself(self) -> None:
        html = drawn("{% field bound %}", bound=Everything()["hidden"])
        assert html == '<input type="hidden" name="hidden" id="id_hidden">'

    def test_lists_all_errors_first_with_a_way_to_each_field(self) -> None:
        form = Everything({})
        form.add_error(None, "The queue is closed.")
        html = drawn("{% form_errors form %}", form=form)
        assert 'role="alert"' in html
        assert "The queue is closed." in html
        assert '<a href="#id_text">Text</a>' in html
        assert "Hidden: This field is required." in words(html)
        assert '<a href="#id_radio">Radio</a>' in html

    def test_says_nothing_when_all_is_well(self) -> None:
        assert drawn("{% form_errors form %}", form=Everything()) == ""


@dataclass
class Colours:
    """The pairs of tokens.css, light and dark."""

    pairs: dict[str, tuple[str, str]] = field(
        default_factory=lambda: {
            name: (light, dark)
            for name, light, dark in re.findall(
                r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (CSS / "tokens.css").read_text()
            )
        }
    )

    def contrast(self, one: str, other: str, theme: int) -> float:
        """WCAG 2.2, relative luminance: (L1 + 0.05) / (L2 + 0.05)."""
        dark, light = sorted(luminance(self.pairs[name][theme]) for name in (one, other))
        return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts_ = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts_)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class TestColours:
    def test_luminance_is_right_for_the_known_ends(self) -> None:
        assert luminance("#ffffff") == pytest.approx(1)
        assert luminance("#000000") == 0
        assert luminance("#767676") == pytest.approx(0.1812, abs=1e-3)  # the grey that has 4.5:1 on white

    @pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
    @pytest.mark.parametrize(
        ("ink", "grounds", "least"),
        [
            ("ink", ["surface", "surface-1", "surface-2", "surface-3", "raised"], 7),
            ("ink-2", ["surface", "surface-1", "surface-2", "surface-3", "raised", "quiet-soft"], 4.5),
            ("ink-3", ["surface", "surface-1", "surface-2", "raised"], 4.5),
            ("accent", ["surface", "surface-1", "surface-2", "raised", "accent-soft"], 4.5),
            ("accent-ink", ["accent", "accent-hover"], 4.5),
            ("good", ["good-soft", "surface", "raised"], 4.5),
            ("warn", ["warn-soft", "surface", "raised"], 4.5),
            ("bad", ["bad-soft", "surface", "raised"], 4.5),
            ("info", ["info-soft", "surface", "raised"], 4.5),
            ("line-control", ["surface", "raised"], 3),
            ("focus", ["surface", "surface-1", "surface-2", "raised"], 3),
        ],
    )
    def test_contrast_is_enough(self, ink: str, grounds: list[str], least: float, theme: int) -> None:
        colours = Colours()
        found = {ground: round(colours.contrast(ink, ground, theme), 2) for ground in grounds}
        assert {ground: ratio for ground, ratio in found.items() if ratio < least} == {}


def test_parts_can_be_called_from_python() -> None:
    assert isinstance(parts.badge("Open"), SafeString)
    assert set(parts.__all__) <= set(dir(parts))


def test_a_person_of_a_row_of_values_shows_the_organisation_by_its_name() -> None:
    class Row:
        name, organisation = "Marta Kowalska", "Harbour Market"

    assert "Harbour Market" in marks.person(Row())
    assert "built-in" not in marks.person(Row())
