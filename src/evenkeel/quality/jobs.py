"""What time does to quality."""

from __future__ import annotations

from datetime import datetime

from evenkeel.ground.jobs import job

from .acts.deliveries import judge_due
from .clarity import end_outdated
from .drawing import draw_due
from .gold_keeping import keep_up, look_for_leaks, record_answers
from .gold_proposals import propose_settled
from .imports.running import take_up
from .reading import read_labels
from .reminding import remind_due, reveal_due
from .renewing import call_again
from .skill_keeping import keep_skill
from .tools.jobs import take_up_runs
from .tools.rhythm import ask_due


@job(every_s=60)
def draw_decisions(now: datetime) -> None:
    """Draw decisions for audit that can no longer be taken back."""
    draw_due(now)


@job(every_s=60)
def judge_deliveries(now: datetime) -> None:
    """Judge deliveries whose samples are audited, or draw their next sample."""
    judge_due(now)


@job(every_s=60)
def take_up_uploads(now: datetime) -> None:
    """Go on with imports whose process was killed."""
    take_up(now)


@job(every_s=60)
def take_up_tool_runs(now: datetime) -> None:
    """Go on with imports from other tools whose process was killed."""
    take_up_runs(now)


@job(every_s=60)
def ask_other_tools(now: datetime) -> None:
    """Ask the queries of other tools whose time has come."""
    ask_due(now)


@job(every_s=300)
def look_after_calibrations(now: datetime) -> None:
    """Reveal answers of calibration sessions whose deadline is over, remind who has not answered, end outdated flags."""
    reveal_due(now)
    remind_due(now)
    end_outdated()


@job(every_s=3600)
def read_all_labels(now: datetime) -> None:
    """Work out how far people agree, and which labels are probably wrong, in every programme whose labels changed."""
    read_labels(now)


@job(every_s=60)
def record_gold_answers(now: datetime) -> None:
    """Record answers to golden items that can no longer be taken back, and judge people at gates and exams."""
    record_answers(now)


@job(every_s=3600)
def keep_peoples_skill(now: datetime) -> None:
    """Work out how well people answer, by class, guideline and language, for the pages that show it."""
    keep_skill(now)


@job(every_s=60)
def keep_golds_up(now: datetime) -> None:
    """Flag golden items whose guideline changed, and retire those whose time is over."""
    keep_up(now)


@job(every_s=60)
def call_to_exams(now: datetime) -> None:
    """Call whoever is to renew a certificate to its exam, and remind who has not sat it."""
    call_again(now)


@job(every_s=60)
def propose_golds(now: datetime) -> None:
    """Propose what experts, disputes and calibration sessions have settled as golden items."""
    propose_settled(now)


@job(every_s=7 * 86_400)
def find_leaked_golds(now: datetime) -> None:
    """Retire golden items that have leaked."""
    look_for_leaks(now)
