"""What this room tells of models on charts: which one's predictions took over from which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.changes import MOST, Change, Span, tells_changes

from . import scopes
from .models import ModelSeen
from .rules.models_seen import OVERLAP, SILENT, Takeover, takeovers


@tells_changes
def models_took_over(actor: Actor, span: Span) -> Iterator[Change]:
    """Models whose predictions began to come in, or came instead of another's."""
    # What a change was is told by the days about it: who spoke before, and who went on.
    asked = ModelSeen.objects.filter(at__gte=span.since - 2 * SILENT, at__lt=span.until + OVERLAP + timedelta(days=1))
    rows = visible(actor, scopes.PROGRAMME_VIEW, span.within(asked)).order_by("-day", "model")
    by_programme: defaultdict[UUID, list[ModelSeen]] = defaultdict(list)
    for row in rows[: 100 * MOST]:
        by_programme[row.programme_id].append(row)
    for seen in by_programme.values():
        moments = {(row.day, row.model): row.at for row in seen}
        for each in takeovers((row.day, row.model) for row in seen):
            at = moments[each.on, each.model]
            if span.since <= at < span.until:
                yield Change(at=at, title=_told(each))


def _told(each: Takeover) -> str:
    said = {"model": each.model, "others": ", ".join(each.after or each.beside)}
    if each.after:
        return _("Model %(model)s took over from %(others)s") % said
    if each.beside:
        return _("Model %(model)s began beside %(others)s") % said
    return _("Model %(model)s began to suggest labels") % said
