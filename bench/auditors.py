"""Whether accuracy freed of auditors' errors covers the truth, where accuracy as judged does not.

    scripts/bench auditors                  1,000 months a row
    scripts/bench auditors -- 200           as many as you say

Each month 2,000 decisions of known truth are audited by people who err, a share of the verdicts is audited again, and experts
(who do not err) settle what differs and a share of what agrees: by the odds, weights and formulas of the product. Per row: how
often the 95 % interval holds the truth, how far off the figure is on average, how wide its interval is, how many second audits
and settled cases a month that takes.
"""

from __future__ import annotations

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenkeel.edges.settings")

AUDITS = 2_000


def main(what: list[str]) -> None:
    """The table."""
    import django

    django.setup()
    from evenkeel.quality.rules.checks import Odds
    from evenkeel.quality.tests.auditor_world import Auditors, coverage

    months = int(what[0]) if what else 1_000
    plain = {"share_right": 0.05, "share_wrong": 0.3, "settle_agreed": 0.25}
    more = {"share_right": 0.1, "share_wrong": 0.5, "settle_agreed": 0.25}
    print(
        "| accuracy | right found right | wrong found wrong | second audits of right, wrong | agreeing pairs settled | "
        "naive holds | corrected holds | naive off | corrected off | naive width | corrected width | seconds | settled |"
    )
    print("|" + "---:|" * 13)
    began = time.process_time()
    for accuracy, sens, spec, odds in (
        (0.92, 0.9, 0.9, plain),
        (0.92, 0.9, 0.9, more),
        (0.92, 0.9, 0.9, more | {"settle_agreed": 1.0}),
        (0.92, 0.9, 0.9, more | {"settle_agreed": 0.05}),
        (0.97, 0.9, 0.9, more),
        (0.92, 0.97, 0.8, more),
        (0.92, 1.0, 1.0, more),
    ):
        rule = Odds(**odds, salt=1)
        auditors = Auditors(sensitivity=sens, specificity=spec)
        found = coverage(months=months, audits=AUDITS, accuracy=accuracy, auditors=auditors, odds=rule, seed=1)
        print(
            f"| {accuracy:.2f} | {sens:.2f} | {spec:.2f} | {odds['share_right']:.0%}, {odds['share_wrong']:.0%} | "
            f"{odds['settle_agreed']:.0%} | {found.naive:.3f} | {found.corrected:.3f} | {found.naive_bias:+.4f} | "
            f"{found.corrected_bias:+.4f} | {found.naive_width:.3f} | {found.corrected_width:.3f} | {found.seconds:.0f} | "
            f"{found.settled:.0f} |",
            flush=True,
        )
    print(f"\n{months} months a row, {time.process_time() - began:.1f} s of CPU, load average {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
