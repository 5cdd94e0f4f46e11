"""What this room says on a signal's page: where the change sits, cases that show it, what came of it."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from evenkeel.ground.access import Actor, may, visible
from evenkeel.ground.slots import fills
from evenkeel.measure import Signal
from evenkeel.people import note_look
from evenkeel.work import programme_labels

from . import queries, scopes, words
from .models import Investigation

_PARTS, _CASES = 3, 3


@fills("measure:signal", order=10)
def causes_of_signal(request: HttpRequest, signal: Signal) -> str:
    """The ranked parts of its investigation, the first cases, the conclusion, and the actions; nothing without one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Investigation.objects.select_related("closing", "programme")
    found = rows.filter(signal=signal).first() if actor.has(scopes.VIEW) else None
    if found is None or not may(actor, scopes.VIEW, found):
        return ""
    drivers = queries.drivers_for(actor, found)
    shown = queries.ShownDrivers(rows=drivers.rows[:_PARTS], hidden=drivers.hidden)
    note_look(actor, workers=shown.workers, what=found.title, now=request.now)  # type: ignore[attr-defined]
    labels = programme_labels(found.programme)
    cases = queries.cases_of(actor, found)
    closing = None if found.is_open else found.closing
    context = {
        "investigation": found,
        "verdict": words.VERDICTS[found.scan["verdict"]],
        "headings": words.headings_of(found.metric),
        "parts": [
            {
                "row": row,
                "before": words.part_text(found.metric, row.baseline_errors, row.baseline_n),
                "now": words.part_text(found.metric, row.current_errors, row.current_n),
            }
            for row in shown.rows
        ],
        "cases": [
            (
                case,
                labels.get(case.decided.label, case.decided.label),
                labels.get(case.verdict.label, case.verdict.label) if case.verdict else "",
            )
            for case in cases[:_CASES]
        ],
        "closing": closing,
        "cause": queries.cause_title(closing.cause) if closing else "",
        "actions": visible(actor, scopes.ACTION_VIEW, found.actions.all()) if actor.has(scopes.ACTION_VIEW) else (),
    }
    return render_to_string("improve/_of_signal.html", context, request=request)
