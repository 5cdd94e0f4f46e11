"""What may be asked about validations: who may not validate, how it stands, which cases are still to be coded."""

from __future__ import annotations

from uuid import UUID

from evenkeel.ground import trail
from evenkeel.ground.access import Actor

from .models import BlindCoding, EvidenceCase, Investigation, Validation
from .queries import cases_of, latest_codings
from .queries_actions import rules_for

# What is no part of investigating: a validator may have done these, and a reader.
_NO_PART = frozenset(
    {"noted", "ran again", "began to validate", "coded to validate", "validated", "paper ordered", "paper fetched"}
)


def investigators(investigation: Investigation) -> set[UUID]:
    """Everybody who had a hand in it, by the trail; its owner among them. None of them may validate it."""
    hands = {UUID(str(entry.actor_id)) for entry in trail.history(investigation, limit=10_000)
             if entry.actor_id is not None and entry.verb not in _NO_PART}  # fmt: skip
    return hands | {investigation.owner_id}


def standing(investigation: Investigation) -> Validation | None:
    """The last validation that ended."""
    return (
        investigation.validations.exclude(state=Validation.OPEN)
        .select_related("by__organisation", "run")
        .order_by("-ended_at", "-id")
        .first()
    )


def is_validated(investigation: Investigation) -> bool:
    """Whether the last validation found the same, and the figures are those that it saw."""
    last = standing(investigation)
    return last is not None and last.state == Validation.VALIDATED and last.run.at == investigation.looked_at


# Where the programme says nothing: a serious case is looked at by a second person.
USUALLY_FROM = 3


def wants_validation(investigation: Investigation) -> bool:
    """Whether it has to be validated before it closes: one of its cases is as grave as its programme says, and nobody has
    found the same since the last look."""
    said = rules_for(investigation.programme_id).validated_from
    least = USUALLY_FROM if said is None else said
    if not least:
        return False
    is_grave = any((coding.severity or 0) >= least for coding in latest_codings(investigation).values())
    return is_grave and not is_validated(investigation)


def to_code(actor: Actor, validation: Validation) -> list[EvidenceCase]:
    """The cases of the sample that its validator has still to code, in the order of their lots."""
    said = set(BlindCoding.objects.filter(validation=validation).values_list("case_id", flat=True))
    wanted = [UUID(case) for case in validation.sample if UUID(case) not in said]
    found = {case.pk: case for case in cases_of(actor, validation.investigation).filter(pk__in=wanted)}
    return [found[case] for case in wanted if case in found]
