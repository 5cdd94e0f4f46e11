"""The desk: where a moderator decides, item after item."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from evenkeel import __version__
from evenkeel.ground.access import load
from evenkeel.ground.pages import PageRequest, page, render

from .. import scopes
from ..models import Queue
from ..queries.desk import recent_decisions
from ..queries.desk_state import desk_state
from ..queries.media import desk_guards, desk_preference
from ..rules.forms import choices_of
from ..rules.guards import SPEEDS
from ..rules.leases import undo_until
from ..rules.schemas import form_schema
from ..workers import insist_on_worker
from .desk_words import NOBODY, desk_modules, desk_words
from .standing import correction_of


@page(gettext_lazy("Desk"))
def desk(request: PageRequest, queue_id: UUID) -> HttpResponse:
    """The shell of the desk; its script fetches what is in hand and shows it from memory."""
    rows = Queue.objects.select_related("programme", "form", "policy")
    queue = load(request.actor, scopes.TASK_DECIDE, rows, queue_id)
    worker_id = insist_on_worker(request.actor)
    state = desk_state(request.actor, worker_id, queue=queue, now=request.now)
    preference = desk_preference(worker_id)
    titles = {choice.value: choice.title for choice in choices_of(state.spec)}
    context = {
        "state": state,
        "queue": queue,
        "words": desk_words(),
        "speeds": [str(speed) for speed in SPEEDS],
        "start": {
            "queue": str(queue.pk),
            "build": __version__,
            "undo_s": queue.undo_s,
            "lease_s": queue.lease_s,
            "batch_size": queue.batch_size,
            "may": {
                "skip": queue.may_skip,
                "return": queue.may_return,
                "ask": queue.may_ask,
                "escalate": queue.may_escalate,
            },
            "is_suggesting": queue.prelabel == "shown",
            "form_version": str(state.form_version.pk),
            "policy_version": str(state.guide.version.pk) if state.guide else None,
            "spec": state.spec,
            "schema": form_schema(state.spec),
            "modules": desk_modules(),
            "guards": asdict(desk_guards(preference, queue)),
            "preference": {
                "blur": preference.blur,
                "greyscale": preference.greyscale,
                "mute": preference.mute,
                "small": preference.small,
                "speed": preference.speed,
                "break_after_min": preference.break_after_min,
            },
            "urls": {
                "take": reverse("api:work_take", args=[queue.pk]),
                "renew": reverse("api:work_renew", args=[queue.pk]),
                "return_all": reverse("api:work_return", args=[queue.pk]),
                "decide": reverse("api:work_decide", args=[NOBODY]),
                "decide_each": reverse("api:work_decide_each"),
                "return_one": reverse("api:work_lease_return", args=[NOBODY]),
                "take_back": reverse("api:work_take_back", args=[NOBODY]),
                "leave": reverse("work:queues"),
                "preference": reverse("api:work_desk_preference"),
            },
            "recent": [
                {
                    "id": str(each.pk),
                    "key": each.item.key,
                    "title": titles.get(each.label, each.label),
                    "tone": _tone(state.spec, each.label),
                    "is_taken_back": hasattr(each, "taken_back"),
                    "corrected": titles.get(put_right.second.label, put_right.second.label)
                    if (put_right := correction_of(each))
                    else None,
                    "undo_ms": max(
                        0, round((undo_until(each.decided_at, queue.undo_s) - request.now).total_seconds() * 1000)
                    ),
                }
                for each in recent_decisions(worker_id, queue=queue, limit=5)
            ],
        },
    }
    return render(request, "work/desk.html", context)


def _tone(spec: dict[str, object], label: str) -> str:
    return next((choice.tone for choice in choices_of(spec) if choice.value == label), "quiet")
