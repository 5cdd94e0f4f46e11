"""Tables: sort, filter, pages, columns, export; the same over plain rows and over the database."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from evenkeel.kernel import Estimate

from ..models import JobClock
from ..tables import ChoiceFilter, Column, Empty, PeriodFilter, Table, TextFilter, source
from ..tables.export import harmless

NOON = datetime(2025, 3, 14, 12, tzinfo=UTC)


@dataclass
class Queue:
    title: str
    state: str = "open"
    open_count: int | None = 0
    accuracy: Estimate | None = None
    made_at: datetime = NOON
    pk: int = 1


def share(value: float, n: int = 500) -> Estimate:
    return Estimate(value=value, low=value - 0.02, high=value + 0.02, n=n, n_effective=float(n), method="wilson")


QUEUES = [
    Queue("spam", "open", 12, share(0.9), NOON),
    Queue("Harassment", "closed", None, share(0.99, n=5), NOON - timedelta(days=1)),
    Queue("violence", "paused", 3, share(0.7), NOON + timedelta(days=1)),
    Queue("Adult", "open", 3, None, NOON + timedelta(hours=12)),
]


def queues(query: str = "", rows: Iterable[Queue] = QUEUES, **options: Any) -> Table:
    said: dict[str, Any] = {
        "title": "Queues",
        "columns": [
            Column("title", "Queue", sort=True, link=lambda queue: f"/q/{queue.title}"),
            Column("state", "State", kind="badge"),
            Column("open_count", "Open", kind="count", sort=True),
            Column("accuracy", "Accuracy", kind="estimate", sort=True),
            Column("made_at", "Made", kind="moment", sort=True, optional=True),
        ],
        "filters": [
            TextFilter("q", "Search", fields=["title"]),
            ChoiceFilter("state", "State", choices=[("open", "Open"), ("closed", "Closed"), ("paused", "Paused")]),
            PeriodFilter("made", "Made", field="made_at"),
        ],
        "default_sort": "title",
        "export_name": "queues",
    }
    return Table(RequestFactory().get(f"/queues?{query}"), list(rows), **(said | options))


def titles(table: Table) -> list[str]:
    return [row.source.title for row in table.rows]


def shown(table: Table) -> str:
    """The table as a page has it, on one line."""
    html = Template("{% load parts %}{% table table %}").render(Context({"table": table, "request": table.request}))
    return " ".join(html.split())


class TestSort:
    def test_starts_with_its_default_and_without_regard_to_case(self) -> None:
        assert titles(queues()) == ["Adult", "Harassment", "spam", "violence"]

    def test_goes_down_with_a_minus(self) -> None:
        assert titles(queues("sort=-title")) == ["violence", "spam", "Harassment", "Adult"]

    @pytest.mark.parametrize("query", ["sort=open_count", "sort=-open_count"])
    def test_puts_the_unknown_last_either_way(self, query: str) -> None:
        assert titles(queues(query))[-1] == "Harassment"

    def test_never_ranks_thin_estimates(self) -> None:
        assert titles(queues("sort=-accuracy"))[:2] == ["spam", "violence"]
        assert titles(queues("sort=accuracy"))[:2] == ["violence", "spam"]

    @pytest.mark.parametrize("query", ["sort=state", "sort=nothing", "sort=", "sort=--title"])
    def test_passes_over_what_cannot_be_sorted(self, query: str) -> None:
        assert titles(queues(query)) == titles(queues())

    def test_tells_its_direction_and_turns_on_a_second_press(self) -> None:
        headings = {heading.column.name: heading for heading in queues("sort=title").headings()}
        assert headings["title"].direction == "ascending"
        assert headings["title"].url == "?sort=-title"
        assert headings["open_count"].direction == ""
        assert headings["state"].url == ""
        assert shown(queues("sort=title")).count("aria-sort=") == 1


class TestFilters:
    def test_looks_for_every_word(self) -> None:
        rows = [Queue("Spam, German"), Queue("Spam, Polish"), Queue("Hate, German")]
        assert titles(queues("q=german+SPAM", rows)) == ["Spam, German"]

    def test_takes_a_choice(self) -> None:
        assert titles(queues("state=open")) == ["Adult", "spam"]

    def test_takes_several_choices_where_it_may(self) -> None:
        several = ChoiceFilter("state", "State", choices=[("open", "Open"), ("closed", "Closed")], multiple=True)
        assert titles(queues("state=open&state=closed", filters=[several])) == ["Adult", "Harassment", "spam"]

    def test_takes_days_and_includes_both(self) -> None:
        assert titles(queues("made_from=2025-03-14&made_to=2025-03-14")) == ["spam"]
        assert titles(queues("made_to=2025-03-14")) == ["Harassment", "spam"]

    @pytest.mark.parametrize(
        "query", ["state=wrong", "made_from=2025-02-31", "made_to=x", "q=%00", "made_to=9999-12-31"]
    )
    def test_an_old_or_strange_link_does_not_fail(self, query: str) -> None:
        assert len(queues(query).rows) == 4

    def test_asks_a_function_for_its_choices(self) -> None:
        assert titles(
            queues("state=open", filters=[ChoiceFilter("state", "State", choices=lambda: [("open", "Open")])])
        ) == [
            "Adult",
            "spam",
        ]

    def test_asks_it_once_a_table_and_anew_for_the_next(self) -> None:
        asked: list[int] = []
        each = ChoiceFilter("state", "State", choices=lambda: asked.append(1) or [("open", "Open")])  # type: ignore[func-returns-value]
        shown(queues("state=open", filters=[each]))
        shown(queues("state=open", filters=[each]))
        assert len(asked) == 2

    def test_keeps_the_other_parameters_in_its_form_and_forgets_the_page(self) -> None:
        html = shown(queues("sort=-title&size=50&page=2&state=open&other=1"))
        form = html[html.index("<form") : html.index("</form>")]
        for kept in ('name="sort" value="-title"', 'name="size" value="50"', 'name="other" value="1"'):
            assert kept in form
        assert 'name="page"' not in form
        assert '<option value="open" selected>' in form

    def test_can_be_cleared(self) -> None:
        assert queues("q=x&state=open&made_from=2025-01-01&sort=title&page=3").clear_url() == "?sort=title"


class TestPages:
    many = [Queue(f"Queue {number:03}", open_count=number) for number in range(120)]

    def test_shows_a_page_and_says_where_it_stands(self) -> None:
        table = queues("page=2", self.many)
        assert (len(table.rows), table.first_row, table.last_row, table.last_page) == (25, 26, 50, 5)
        assert "26–50 of 120" in shown(table)

    def test_lets_people_choose_the_size(self) -> None:
        assert len(queues("size=50", self.many).rows) == 50
        assert len(queues("size=100000", self.many).rows) == 25

    @pytest.mark.parametrize(
        ("query", "page"), [("page=99", 5), ("page=0", 1), ("page=-1", 1), ("page=x", 1), ("page=²", 1)]
    )
    def test_stays_within_its_pages(self, query: str, page: int) -> None:
        assert queues(query, self.many).page == page

    def test_leads_back_and_forth(self) -> None:
        assert queues("page=1", self.many).page_urls() == {
            "first": "",
            "previous": "",
            "next": "?page=2",
            "last": "?page=5",
        }

    def test_two_tables_on_a_page_do_not_mix(self) -> None:
        table = queues("page=2&audits-page=3&audits-sort=-open_count", self.many, key="audits")
        assert table.page == 3
        assert table.rows[0].source.open_count == 69
        assert table.page_urls()["next"] == "?page=2&audits-sort=-open_count&audits-page=4"


class TestColumns:
    def test_hides_what_is_optional_until_chosen(self) -> None:
        assert [column.name for column in queues().columns] == ["title", "state", "open_count", "accuracy"]
        assert [column.name for column in queues("columns=made_at&columns=nothing").columns] == ["title", "made_at"]

    def test_shows_the_usual_ones_when_the_choice_makes_no_sense(self) -> None:
        assert len(queues("columns=nothing").columns) == 4

    def test_the_first_is_the_heading_of_its_row(self) -> None:
        html = shown(queues())
        assert html.count('<th scope="row"') == 4
        assert '<a href="/q/spam">spam</a>' in html

    def test_refuses_a_kind_that_there_is_not(self) -> None:
        with pytest.raises(ValueError, match="a column's kind is one of"):
            Column("a", "A", kind="wrong")
        with pytest.raises(ValueError, match="an estimate is of"):
            Column("a", "A", kind="estimate", of="euro")

    @pytest.mark.parametrize(
        ("column", "value", "text"),
        [
            (Column("a", "A"), "<b>", "&lt;b&gt;"),
            (Column("a", "A", kind="percent", digits=0), 0.5, "50\u202f%"),
            (Column("a", "A", kind="money_cents", currency="EUR"), 1234, "EUR\xa012.34"),
            (Column("a", "A", kind="yes_no"), False, "no"),
            (Column("a", "A", kind="day"), date(2025, 3, 14), "14 Mar 2025"),
            (Column("a", "A", kind="progress"), (3, 4), "3 of 4"),
            (Column("a", "A", kind="code"), "a:b:c", "a:b:c"),
            (Column("a", "A", kind="count"), None, "–"),
            (Column("a", "A", kind="number", unit="h"), 1.5, "1.50\xa0h"),
            (Column("a", "A", value=lambda row: row["a"] * 2), "x", "xx"),
        ],
    )
    def test_shows_its_kind(self, column: Column, value: Any, text: str) -> None:
        assert strip_tags(column.cell({"a": value})) == text

    def test_follows_a_path_and_stops_where_it_ends(self) -> None:
        assert Column("queue.programme__title", "A").value_of({"queue": None}) is None
        assert Column("queue.title.upper", "A").value_of({"queue": Queue("spam")}) == "SPAM"

    def test_an_estimate_has_its_n_beside_it_and_no_stop_for_the_tab_key(self) -> None:
        html = Column("accuracy", "Accuracy", kind="estimate").cell(QUEUES[0])
        assert "n 500" in html
        assert "<button" not in html


class TestEmpty:
    def test_teaches_when_there_is_nothing_at_all(self) -> None:
        empty = Empty(title="No queues yet", body="The first import makes one.", action="Import", href="/i")
        html = shown(queues(rows=[], empty=empty))
        assert "No queues yet" in html
        assert "The first import makes one." in html
        assert 'href="/i"' in html

    def test_offers_all_rows_when_the_filters_leave_none(self) -> None:
        html = shown(queues("q=zebra", empty=Empty(title="No queues yet")))
        assert "Nothing matches" in html
        assert "No queues yet" not in html


def downloaded(table: Table) -> str:
    response = cast(StreamingHttpResponse, table.export())
    return b"".join(cast("Iterable[bytes]", response.streaming_content)).decode("utf-8-sig")


class TestExport:
    def test_writes_all_rows_that_match_and_all_columns(self) -> None:
        rows = list(csv.reader(io.StringIO(downloaded(queues("export=csv&state=open&size=25&columns=state")))))
        assert rows[0] == [
            "title", "state", "open_count",
            "accuracy", "accuracy_low", "accuracy_high", "accuracy_n", "accuracy_method", "made_at",
        ]  # fmt: skip
        assert rows[1] == ["Adult", "open", "3", "", "", "", "", "", "2025-03-15T00:00:00+00:00"]
        assert rows[2][3:8] == ["0.9", "0.88", "0.92", "500", "wilson"]
        assert len(rows) == 3

    def test_gives_programs_the_same_as_json(self) -> None:
        rows = json.loads(downloaded(queues("export=json")))
        assert [row["title"] for row in rows] == ["Adult", "Harassment", "spam", "violence"]
        assert rows[2]["accuracy"] == 0.9
        assert rows[0]["accuracy_n"] is None
        assert json.loads(downloaded(queues("export=json&q=zebra"))) == []

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
    def test_makes_formulas_harmless(self, text: str) -> None:
        table = queues("export=csv", [Queue(text)])
        (_heading, row) = csv.reader(io.StringIO(downloaded(table), newline=""))
        assert row[0] == f"'{text}"

    @pytest.mark.parametrize("value", [-3, -0.5, "plain", "a=b", None, True])
    def test_leaves_the_rest_alone(self, value: Any) -> None:
        assert harmless(value) is value

    def test_writes_no_markup(self) -> None:
        from django.utils.html import format_html

        column = Column("a", "A", value=lambda row: format_html("<b>{}</b>", row["a"]))
        assert column.export_values({"a": "x"}) == ["x"]

    def test_leaves_the_page_alone_unless_asked(self) -> None:
        assert queues().export() is None
        assert queues("export=exe").export() is None
        assert queues("export=csv", export_name=None).export() is None

    def test_is_a_file_with_a_name(self) -> None:
        response = queues("export=csv").export()
        assert response is not None
        assert response["Content-Disposition"] == 'attachment; filename="queues.csv"'


class TestSelection:
    def test_each_row_has_a_box_named_by_its_heading(self) -> None:
        html = shown(queues(rows=[Queue("spam", pk=7)], selectable=True))
        assert 'name="selected" value="7" form="table-main-selected" aria-labelledby="table-main-7"' in html
        assert 'id="table-main-7"' in html


def clocks(query: str = "", **options: Any) -> Table:
    said: dict[str, Any] = {
        "title": "Jobs",
        "columns": [
            Column("name", "Name", sort="name"),
            Column("due_at", "Due", kind="moment", sort="due_at"),
            Column("busy_until", "Busy", kind="moment", sort="busy_until"),
        ],
        "filters": [
            TextFilter("q", "Search", fields=["name", "last_error"]),
            ChoiceFilter("error", "Error", choices=[("late", "Late")], field="last_error"),
            PeriodFilter("due", "Due", field="due_at"),
        ],
        "default_sort": "-due_at",
        "export_name": "jobs",
    }
    return Table(
        RequestFactory().get(f"/jobs?{query}"), cast("QuerySet[Any]", JobClock.objects.all()), **(said | options)
    )


def names(table: Table) -> list[str]:
    return [row.source.name for row in table.rows]


@pytest.mark.django_db
class TestDatabase:
    @pytest.fixture(autouse=True)
    def _clocks(self) -> None:
        JobClock.objects.bulk_create(
            JobClock(
                name=f"job {number:02}",
                due_at=NOON + timedelta(hours=number // 2),
                busy_until=NOON + timedelta(hours=number) if number % 3 else None,
                last_error="late" if number == 7 else "",
            )
            for number in range(30)
        )

    def test_asks_for_one_page_and_one_bounded_count(self, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(2) as asked:
            table = clocks("page=2")
            assert (table.count.value, len(table.rows)) == (30, 5)
        assert any("LIMIT 10001" in query["sql"] for query in asked.captured_queries)

    def test_has_every_row_on_one_page_only_although_many_are_equal(self) -> None:
        pages = [names(clocks(f"sort=due_at&size=25&page={page}")) for page in (1, 2)]
        assert sorted(pages[0] + pages[1]) == [f"job {number:02}" for number in range(30)]

    @pytest.mark.parametrize("query", ["sort=busy_until", "sort=-busy_until"])
    def test_puts_the_unknown_last_either_way(self, query: str) -> None:
        last = [row.source.busy_until for row in clocks(f"{query}&size=50").rows][-10:]
        assert last == [None] * 10

    def test_filters_as_it_does_plain_rows(self) -> None:
        assert names(clocks("q=LATE+job")) == ["job 07"]
        assert names(clocks("error=late")) == ["job 07"]
        assert names(clocks("due_from=2025-03-15&due_to=2025-03-15&sort=name")) == [f"job {n}" for n in range(24, 30)]

    def test_says_there_are_more_rather_than_count_them_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(source, "COUNTED_TO", 28)
        table = clocks("page=9")
        assert table.count == source.Count(28, is_more=True)
        assert table.page == 2
        assert table.is_cut_off
        assert "of more than" in shown(table)

    def test_streams_the_export(self) -> None:
        lines = downloaded(clocks("export=csv&sort=name")).splitlines()
        assert len(lines) == 31
        assert lines[1].startswith("job 00,2025-03-14T12:00:00+00:00,")

    def test_refuses_to_sort_rows_of_the_database_by_a_function(self) -> None:
        with pytest.raises(TypeError, match="give a path"):
            clocks("sort=name", columns=[Column("name", "Name", sort=lambda row: row.name)]).rows  # noqa: B018
