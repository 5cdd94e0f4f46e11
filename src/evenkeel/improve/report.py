"""An investigation as a document: every sentence leads to the page that shows its query and its rows."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, may
from evenkeel.ground.documents import (
    Block,
    Callout,
    Document,
    Figure,
    Heading,
    Paragraph,
    Sentence,
    TableBlock,
    sentences,
)
from evenkeel.ground.templatetags.wording import day_text, number_text, percent_text
from evenkeel.measure import PERSON_VIEW
from evenkeel.work import programme_labels

from . import accountable, coding, queries, recipes, room, validating, words, words_room
from .causes import BRANCHES
from .driver_charts import driver_bars
from .models import SEVERITIES, CaseCoding, Investigation, Validation
from .recommending import RECOMMENDATIONS
from .wordings import CauseNow, causes_now

# Each part is one step of the progress that the page shows.
PARTS = ("problem", "where", "cases", "why", "checked")


def document_of(actor: Actor, investigation: Investigation, *, site: str, now: datetime) -> Document:
    """The whole document at once, with these eyes but without the parts of single people, of whom no look is on record.

    `site` goes before the links in it.
    """
    report = Report(actor, investigation, site=site, names_people=False, now=now)
    return report.document([block for name in PARTS for block in report.part(name)])


class Report:
    """Builds the document part by part, with the eyes of whoever asked for it."""

    def __init__(
        self, actor: Actor, investigation: Investigation, *, site: str, names_people: bool = True, now: datetime
    ) -> None:
        self.actor, self.found, self.site, self.now = actor, investigation, site, now
        self.names_people = names_people
        self.url = investigation.get_absolute_url()
        self.causes = causes_now()
        self.codings = coding.codings_for(actor, investigation)
        self.costs = coding.costs_of(investigation.programme_id)
        self.run = recipes.last_look(investigation)

    def document(self, blocks: list[Block]) -> Document:
        """The whole, from the blocks of all parts."""
        return Document(
            title=self.found.title,
            subtitle=_("%(where)s · figures as of %(day)s")
            % {"where": self.found.where_name, "day": day_text(self.found.looked_at.date())},
            author=self.actor.name,
            made_at=self.now,
            language=get_language() or "en",
            site=self.site,
            blocks=tuple(blocks),
        )

    def part(self, name: str) -> list[Block]:
        """The blocks of one of `PARTS`."""
        found: list[Block] = getattr(self, f"_{name}")()
        return found

    def _problem(self) -> list[Block]:
        cost = None if self.actor.is_outside else room.mean_cost(self.codings, self.costs)
        size = words_room.size_text(self.found, self.run, cost=cost)
        blocks: list[Block] = [
            Heading(text=_("The problem")),
            Paragraph(
                sentences=sentences(
                    (self.found.statement, f"{self.url}#drivers"), *((each, f"{self.url}recipe/") for each in size)
                )
            ),
        ]
        last = validating.standing(self.found)
        if validating.is_validated(self.found) and last is not None:
            said = _("Validated by %(name)s.") % {"name": last.by.name}
            blocks.append(Callout(title=_("Validated"), tone="good", sentences=self._to("validation/", said)))
        else:
            said = _("Nobody has asked again with the same result yet.")
            blocks.append(Callout(title=_("Not validated"), tone="warn", sentences=self._to("validation/", said)))
        return blocks

    def _where(self) -> list[Block]:
        drivers = queries.drivers_for(self.actor, self.found)
        if not self.names_people:
            rows = tuple(row for row in drivers.rows if not any(part["dimension"] == "worker" for part in row.cell))
            drivers = queries.ShownDrivers(rows=rows, hidden=drivers.hidden)
        blocks: list[Block] = [
            Heading(text=_("Where the change sits")),
            Paragraph(sentences=self._to("#drivers", str(words.VERDICTS[self.found.scan["verdict"]]))),
        ]
        if drivers.rows:
            hrefs = tuple(reverse("improve:rows", args=[driver.pk]) for driver in drivers.rows)
            blocks += [
                Figure(chart=driver_bars(drivers.rows, metric=self.found.metric), href=f"{self.url}#drivers"),
                TableBlock(
                    title=_("Parts of the change"),
                    header=(_("Part"), *map(str, words.headings_of(self.found.metric)), _("Beyond expected")),
                    rows=tuple(
                        (
                            driver.title,
                            words.part_text(self.found.metric, driver.baseline_errors, driver.baseline_n),
                            words.part_text(self.found.metric, driver.current_errors, driver.current_n),
                            words.excess_text(self.found.metric, driver.excess),
                        )
                        for driver in drivers.rows
                    ),
                    hrefs=hrefs,
                ),
            ]
        return blocks

    def _cases(self) -> list[Block]:
        cases = list(queries.cases_of(self.actor, self.found))
        labels = programme_labels(self.found.programme)
        said = [
            _("%(n)s wrong decisions were drawn by a keyed hash, each with the odds that its page shows.")
            % {"n": len(cases)},
            _("%(n)s of them have a cause.") % {"n": len(self.codings)},
            words_room.agreement_text(coding.agreement_of(self.found)),
        ]
        blocks: list[Block] = [
            Heading(text=_("What the cases say")),
            Paragraph(sentences=self._to("#evidence", *said)),
        ]
        lines = coding.paretos_of(self.found, self.codings, self.costs)["count"]
        if lines:
            chart = room.pareto_chart(self.found, "count", lines, self.causes)
            blocks.append(Figure(chart=chart, href=f"{self.url}why/"))
        if cases:
            rows = tuple(
                (
                    case.decided.item.key,
                    labels.get(case.decided.label, case.decided.label),
                    labels.get(case.verdict.label, case.verdict.label) if case.verdict else "–",
                    *_coded(self.codings.get(case.pk), self.causes),
                    percent_text(case.pi, digits=0),
                )
                for case in cases
            )
            blocks.append(
                TableBlock(
                    title=_("The cases"),
                    header=(_("Item"), _("Decided"), _("Audited as"), _("Cause"), _("Severity"), _("Odds")),
                    rows=rows,
                    hrefs=tuple(case.row_url for case in cases),
                )
            )
        return blocks

    def _why(self) -> list[Block]:
        whys = room.whys_of(self.found)
        bone = room.fishbone_of(self.found, whys=whys, codings=self.codings, causes=self.causes)
        blocks: list[Block] = [Heading(text=_("Why"))]
        if not bone.is_empty:
            blocks.append(Figure(chart=bone, href=f"{self.url}why/"))
        for branch in BRANCHES:
            answers = [shown for shown in whys if shown.why.branch == branch and not shown.is_struck]
            if answers:
                said = [(f"{'→ ' * (each.depth - 1)}{each.why.body}", f"{self.url}why/#why-{each.why.pk}")
                        for each in answers]  # fmt: skip
                title = Sentence(text=f"{words.BRANCHES[branch]}:")
                blocks.append(Paragraph(sentences=(title, *sentences(*said))))
        derived, ruling = accountable.derived(self.found), accountable.last_ruling(self.found)
        party = words_room.PARTIES[ruling.party if ruling else derived.party]
        spreads = () if self.actor.is_outside else derived.spreads
        answers_for = [
            _("Who answers for it: %(party)s.") % {"party": party},
            ruling.reason if ruling else str(words_room.WHY_ACCOUNTABLE[derived.why]),
            *(words_room.spread_text(spread) for spread in spreads),
        ]
        blocks.append(Paragraph(sentences=self._to("why/#accountability", *answers_for)))
        asked = list(self.found.recommendations.order_by("at", "id"))
        if asked:
            blocks.append(Heading(text=_("Recommendations")))
        for each in asked:
            if each.kind in RECOMMENDATIONS:
                kind = RECOMMENDATIONS[each.kind]
                said = [(f"{kind.title}:", kind.opens(self.found)), (each.body, f"{self.url}why/#recommendations")]
                blocks.append(Paragraph(sentences=sentences(*said)))
        return blocks

    def _checked(self) -> list[Block]:
        blocks: list[Block] = [Heading(text=_("How it was checked"))]
        if self.run is not None:
            data = self.run.data
            said = [
                _("The question is stored and can be asked again by anybody who may see it: run %(digest)s.")
                % {"digest": self.run.digest[:12]},
                _("It read %(before)s audits before and %(now)s in the changed window.")
                % {"before": number_text(data["before"]["n"]), "now": number_text(data["now"]["n"])},
            ]
            blocks.append(Paragraph(sentences=self._to("recipe/", *said)))
        last = validating.standing(self.found)
        if last is not None:
            shows_people = self.names_people and bool(may(self.actor, PERSON_VIEW, self.found))
            said = [validation_text(last), *blocking_texts(last, shows_people=shows_people)]
            blocks.append(Paragraph(sentences=self._to("validation/", *said)))
        return blocks

    def _to(self, where: str, *said: str) -> tuple[Sentence, ...]:
        return sentences(*((each, f"{self.url}{where}") for each in said))


def validation_text(validation: Validation) -> str:
    """How a validation ended, in a sentence."""
    said = {
        "name": validation.by.name,
        "cases": len(validation.sample),
        "differing": len(validation.findings.get("differing", [])),
        "day": day_text((validation.ended_at or validation.begun_at).date()),
    }
    if validation.state == Validation.VALIDATED:
        return _("%(name)s asked again on %(day)s and got the same; of %(cases)s cases %(differing)s differed.") % said
    return _("%(name)s asked again on %(day)s and found differences; of %(cases)s cases %(differing)s differed.") % said


def blocking_texts(validation: Validation, *, shows_people: bool) -> list[str]:
    """What stood against it, in sentences."""
    return [
        words_room.difference_text(each["kind"], each["said"], shows_people=shows_people)
        for each in validation.findings.get("blocking", [])
    ]


def _coded(said: CaseCoding | None, causes: dict[str, CauseNow]) -> tuple[str, str]:
    if said is None:
        return "–", "–"
    title = str(causes[said.cause].title) if said.cause in causes else said.cause
    return title, str(dict(SEVERITIES).get(said.severity or 0, "–"))
