"""Evidence is drawn by a keyed hash, with odds, and whoever doubts it draws again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenkeel.improve import EvidenceCase, Investigation, Windows, draw_evidence, open_investigation, replay
from evenkeel.improve.rules import WANTED_CASES
from evenkeel.kernel import key64, keyed_u
from evenkeel.people import Worker
from evenkeel.quality import Verdict

from .story import FAULT, FIRST, LAST, NOW, SYSTEM, Story

pytestmark = pytest.mark.django_db
WINDOWS = Windows(baseline_since=FIRST, since=FAULT, until=LAST + timedelta(days=1))


def opened(story: Story) -> Investigation:
    return open_investigation(
        SYSTEM, title="Why?", programme=story.programme, windows=WINDOWS, owner=story.manager, now=NOW
    )


def always_wrong(worker: Worker, day: date, truth: str, number: int) -> str:
    return "Scam" if truth == "Spam" else "Spam"


def wrong_now(story: Story) -> list[Verdict]:
    return [each for each in story.verdicts if not each.is_right and each.draw.decision.decided_at.date() >= FAULT]


def test_each_wrong_decision_of_the_window_has_the_odds_that_are_shown(story: Story) -> None:
    found = opened(story)
    population = wrong_now(story)
    assert len(population) > WANTED_CASES
    odds = WANTED_CASES / len(population)
    salt = key64(found.pk.bytes) & 0xFFFFFFFF
    lots = {each.pk: float(keyed_u([key64(each.pk.bytes)], salt)[0]) for each in population}
    drawn = {case.verdict_id: (case.pi, case.u) for case in found.cases.all()}
    assert drawn == {pk: (odds, u) for pk, u in lots.items() if u < odds}
    assert drawn


def test_a_few_are_all_drawn(story: Story) -> None:
    found = open_investigation(
        SYSTEM,
        title="Why?",
        programme=story.programme,
        windows=WINDOWS,
        team=story.team_b,
        owner=story.manager,
        now=NOW,
    )
    theirs = [each.pk for each in wrong_now(story) if each.draw.decision.team_id == story.team_b.pk]
    assert len(theirs) <= WANTED_CASES
    assert set(found.cases.values_list("verdict_id", "pi")) == {(pk, 1.0) for pk in theirs}


def test_looking_again_adds_and_never_takes_away(story: Story) -> None:
    found = opened(story)
    before = set(found.cases.values_list("pk", flat=True))
    story.audit(story.workers, [LAST], always_wrong, at=NOW + timedelta(hours=1))
    drawn = draw_evidence(SYSTEM, investigation=found, now=NOW + timedelta(hours=2))
    after = set(found.cases.values_list("pk", flat=True))
    assert drawn == len(after) - len(before) > 0
    assert before < after
    again = Investigation.objects.get(pk=found.pk)
    assert again.current["n"] == found.current["n"] + 45, "the figures are those of the new audits too"
    assert again.looked_at == NOW + timedelta(hours=2)


def test_the_draw_can_be_made_again(story: Story) -> None:
    found = opened(story)
    story.audit(story.workers, [LAST], always_wrong, at=NOW + timedelta(hours=1))
    draw_evidence(SYSTEM, investigation=found, now=NOW + timedelta(hours=2))
    # What is audited later was in no draw, so it must not disturb the replay.
    story.audit(story.workers, [LAST], always_wrong, at=NOW + timedelta(hours=3))
    said = replay(found)
    assert said.agrees
    assert said.drawn == found.cases.count()


def test_a_replay_finds_what_was_chosen_by_hand(story: Story) -> None:
    found = opened(story)
    drawn = set(found.cases.values_list("verdict_id", flat=True))
    slipped_in = next(each for each in wrong_now(story) if each.pk not in drawn)
    pi = found.cases.all()[0].pi
    EvidenceCase.objects.create(investigation=found, verdict=slipped_in, pi=pi, u=pi / 2, drawn_at=NOW)
    said = replay(found)
    assert (said.missing, said.unexpected) == ((), (slipped_in.pk,))


def test_a_corrected_verdict_is_no_evidence(story: Story) -> None:
    wrong = wrong_now(story)
    for place, each in enumerate(wrong):
        Verdict.objects.create(
            draw=each.draw, auditor=each.auditor, label=each.draw.decision.label, is_right=True, corrects=each,
            client_key=f"correction-{place:05d}", audited_at=NOW - timedelta(hours=1),
        )  # fmt: skip
    found = opened(story)
    assert not found.cases.exists()
