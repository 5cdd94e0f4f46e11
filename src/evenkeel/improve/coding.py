"""What pages and other rooms may ask about codings of cases: whose word counts, how far two people agree, who codes what."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from evenkeel.ground.access import Actor

from .models import BlindCoding, CaseCoding, ErrorCost, EvidenceCase, Investigation, Validation
from .queries import latest_codings
from .rules_coding import Together, Understanding, drawn_share, locked, together, understandings
from .rules_pareto import BYS, By, CodedCase, ParetoLine, pareto_lines
from .wordings import CauseNow, causes_now

# Agreement on a cause is that of late: people come and go.
_MOST_PAIRS = 500


def second_share(investigation: Investigation) -> list[UUID]:
    """The cases that a second person codes blind, in the order of their lots."""
    ids = list(investigation.cases.order_by("drawn_at", "id").values_list("pk", flat=True))
    return drawn_share(ids, salt=investigation.pk)


def second_codings(investigation: Investigation) -> dict[UUID, BlindCoding]:
    """What the second person said, by case."""
    rows = BlindCoding.objects.filter(case__investigation=investigation, validation=None)
    return {coding.case_id: coding for coding in rows.select_related("by")}


def waiting_for_second(actor: Actor, investigation: Investigation) -> list[UUID]:
    """The cases of the share that somebody else has coded and nobody a second time, in the order of their lots."""
    first, second = latest_codings(investigation), second_codings(investigation)
    own = set(
        CaseCoding.objects.filter(case__investigation=investigation, by_id=actor.person_id).values_list(
            "case_id", flat=True
        )
    )
    return [case for case in second_share(investigation) if case in first.keys() - second.keys() - own]


def hidden_from(actor: Actor, investigation: Investigation) -> set[UUID]:
    """The cases whose coding the actor must not see yet, because a blind word on them is still to come.

    A case of the second share is hidden from everybody but its coder until it was coded twice; a case of a validation's
    sample from the validator until she has coded it.
    """
    second = second_codings(investigation)
    waiting = set(second_share(investigation)) - second.keys()
    own = CaseCoding.objects.filter(case__investigation=investigation, by_id=actor.person_id)
    hidden = waiting - set(own.values_list("case_id", flat=True)) if waiting else set()
    validation = Validation.objects.filter(
        investigation=investigation, by_id=actor.person_id, state=Validation.OPEN
    ).first()
    if validation is not None:
        said = set(validation.codings.values_list("case_id", flat=True))
        hidden |= {UUID(case) for case in validation.sample} - said
    # The system speaks for jobs and for tests of the whole; it codes nothing.
    return set() if actor.is_system else hidden


def codings_for(actor: Actor, investigation: Investigation) -> dict[UUID, CaseCoding]:
    """The latest coding of each case, without those that the actor must not see yet."""
    hidden = hidden_from(actor, investigation)
    return {case: coding for case, coding in latest_codings(investigation).items() if case not in hidden}


def agreement_of(investigation: Investigation) -> Together:
    """How far first and second coder agree on causes, over the cases that both have coded."""
    first, second = latest_codings(investigation), second_codings(investigation)
    return together([(first[case].cause, second[case].cause) for case in second if case in first])


def understanding(causes: Mapping[str, CauseNow] | None = None) -> dict[str, Understanding]:
    """How alike people use each cause in its present wording, over the latest 500 cases that were coded twice.

    Give `causes` where they are at hand.
    """
    now = causes_now() if causes is None else causes
    seconds = list(
        BlindCoding.objects.filter(validation=None).order_by("-at", "-id").select_related("case")[:_MOST_PAIRS]
    )
    if not seconds:
        return {}
    firsts: dict[UUID, CaseCoding] = {}
    for coding in CaseCoding.objects.filter(case__in=[each.case_id for each in seconds]).order_by("at", "id"):
        firsts[coding.case_id] = coding
    pairs = []
    for second in seconds:
        first = firsts.get(second.case_id)
        if first is None or not _is_present(now, first.cause, first.cause_version or 1):
            continue
        if _is_present(now, second.cause, second.cause_version):
            pairs.append((first.cause, second.cause))
    return understandings(pairs)


def _is_present(now: Mapping[str, CauseNow], slug: str, version: int) -> bool:
    return slug in now and now[slug].version == version


def usable_causes(causes: Mapping[str, CauseNow] | None = None) -> list[CauseNow]:
    """The causes that a case may be put down to now: neither retired nor locked. Give `causes` where they are at hand."""
    known = causes_now() if causes is None else causes
    shut = locked(understanding(known))
    return [cause for cause in known.values() if not cause.is_retired and cause.slug not in shut]


def costs_of(programme_id: UUID) -> dict[int, ErrorCost]:
    """What an error of each severity costs in a programme now."""
    return {each.severity: each for each in ErrorCost.objects.filter(programme_id=programme_id).order_by("at", "id")}


def paretos_of(
    investigation: Investigation, codings: Mapping[UUID, CaseCoding], costs: Mapping[int, ErrorCost]
) -> dict[By, list[ParetoLine]]:
    """The causes by count, by severity and by money, weighted by the odds of audit and evidence together."""
    odds = {
        # Rows that no audit drew were all there.
        case: pi * (1.0 if draw_pi is None else draw_pi)
        for case, pi, draw_pi in EvidenceCase.objects.filter(pk__in=codings).values_list(
            "pk", "pi", "verdict__draw__pi"
        )
    }
    cases = [
        CodedCase(
            cause=coding.cause,
            pi=odds[case],
            severity=coding.severity,
            cost_cents=costs[coding.severity].cost_cents if coding.severity and coding.severity in costs else None,
        )
        for case, coding in codings.items()
    ]
    return {by: pareto_lines(cases, by=by) for by in BYS}
