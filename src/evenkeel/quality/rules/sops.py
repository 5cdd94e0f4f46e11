"""What SOP checks are worth, on plain values: how often a rule fires, and how often it was wrong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evenkeel.kernel import Estimate, WeightedParts, weighted_rate


@dataclass(frozen=True, kw_only=True)
class Fired:
    """A rule was met by an answer. `is_false`: an auditor found that very answer right; None where nobody looked."""

    rule: int
    effect: str
    went_ahead: bool
    is_false: bool | None = None
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class RuleRecord:
    """A rule's record: answers that met it, of them stopped and gone ahead, audited, and the share of false alarms."""

    rule: int
    fired: int
    stopped: int
    went_ahead: int
    audited: int
    false_alarms: Estimate


def rule_records(fired: Iterable[Fired]) -> list[RuleRecord]:
    """Each rule's record, in order. The share weighs every audited case by 1 / the odds of its audit.

    >>> cases = [Fired(rule=1, effect="warn", went_ahead=True, is_false=n < 3) for n in range(4)]
    >>> rule_records(cases)[0].false_alarms.value
    0.75
    """
    by_rule: dict[int, list[Fired]] = defaultdict(list)
    for each in fired:
        by_rule[each.rule].append(each)
    return [_record(rule, by_rule[rule]) for rule in sorted(by_rule)]


def _record(rule: int, cases: list[Fired]) -> RuleRecord:
    judged = [case for case in cases if case.is_false is not None]
    parts = WeightedParts.of([float(bool(case.is_false)) for case in judged], [case.weight for case in judged])
    return RuleRecord(
        rule=rule,
        fired=len(cases),
        stopped=sum(not case.went_ahead for case in cases),
        went_ahead=sum(case.went_ahead for case in cases),
        audited=len(judged),
        false_alarms=weighted_rate(parts),
    )
