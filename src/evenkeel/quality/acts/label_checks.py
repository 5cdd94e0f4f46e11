"""Sending doubtful labels to be looked at again: some chosen by hand, some drawn so that they tell how often one is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid
from evenkeel.kernel import keyed_u, keys64

from .. import scopes
from ..models import AuditTask, Draw, LabelCheck, LabelDoubt, LabelReading, SamplingPlan
from ..rules.label_errors import band_of
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.work import Programme

DOUBTS = "doubts"
PLAN_NAME = "Doubtful labels"
MOST_AT_ONCE = 500


def check_chosen(actor: Actor, *, doubts: Sequence[LabelDoubt], now: datetime) -> list[LabelCheck]:
    """Have these labels audited blind at the audit desk. They were chosen for a reason and enter no figure.

    What waits or was checked already is left out.
    """
    insist_on_ours(actor)
    programmes = {doubt.programme_id: doubt.programme for doubt in doubts}
    if len(programmes) != 1 or len(doubts) > MOST_AT_ONCE:
        raise _wrong("items", _("Choose 1 to %(n)d labels of one programme.") % {"n": MOST_AT_ONCE})
    (programme,) = programmes.values()
    with act(scopes.DOUBT_CHECK, actor, on=programme, now=now) as deed:
        return _send(deed, programme, [(doubt, 1.0, 0.0) for doubt in doubts], is_drawn=False)


def check_drawn(actor: Actor, *, programme: Programme, n: int, now: datetime) -> list[LabelCheck]:
    """Draw `n` doubtful labels, the same share of every band, and have them audited blind.

    They tell how often a label of a band is wrong. What was checked already is not drawn again.
    """
    insist_on_ours(actor)
    if not 1 <= n <= MOST_AT_ONCE:
        raise _wrong("n", _("Draw 1 to %(n)d labels.") % {"n": MOST_AT_ONCE})
    with act(scopes.DOUBT_CHECK, actor, on=programme, now=now) as deed:
        salt = secrets.randbelow(2**32)
        known = Draw.objects.filter(plan__programme=programme, plan__design=DOUBTS).values("decision_id")
        waiting = list(LabelDoubt.objects.filter(programme=programme).exclude(decision__in=known).order_by("rank"))
        deed.require(waiting, _("Every doubtful label was sent to be checked already."), code="none-left")
        u = keyed_u(keys64(doubt.decision_id.bytes for doubt in waiting), salt)
        by_band: dict[int, list[tuple[float, LabelDoubt]]] = {}
        for number, doubt in zip(u.tolist(), waiting, strict=True):
            by_band.setdefault(band_of(doubt.chance_wrong), []).append((number, doubt))
        drawn: list[tuple[LabelDoubt, float, float]] = []
        share = min(1.0, n / len(waiting))
        for rows in by_band.values():
            # One at least of every band: a band that nobody looks at says nothing.
            take = max(1, round(share * len(rows)))
            rows.sort(key=lambda row: (row[0], row[1].rank))
            drawn += [(doubt, min(take / len(rows), 1.0), number) for number, doubt in rows[:take]]
        return _send(deed, programme, drawn, is_drawn=True)


def _send(
    deed: Deed, programme: Programme, chosen: Sequence[tuple[LabelDoubt, float, float]], *, is_drawn: bool
) -> list[LabelCheck]:
    plan, _is_new = SamplingPlan.objects.get_or_create(
        programme=programme,
        design=DOUBTS,
        defaults={"name": _free_name(programme), "rate": 1.0, "salt": secrets.randbelow(2**32), "started_at": deed.now},
    )
    ids = [doubt.decision_id for doubt, _pi, _u in chosen]
    known = set(Draw.objects.filter(plan=plan, decision_id__in=ids).values_list("decision_id", flat=True))
    reading = LabelReading.objects.filter(programme=programme).first()
    version = reading.data_version if reading is not None else ""
    fresh = [each for each in chosen if each[0].decision_id not in known]
    # Looked at because they are doubtful: no figure of accuracy counts them (`plans` 0).
    draws = [
        Draw(
            plan=plan, decision_id=doubt.decision_id, stratum="drawn" if is_drawn else "chosen", pi=pi, u=u, plans=0,
            drawn_at=deed.now,
        )
        for doubt, pi, u in fresh
    ]  # fmt: skip
    Draw.objects.bulk_create(draws, batch_size=500)
    rows = {each.pk: each for each in Draw.objects.filter(pk__in=[d.pk for d in draws]).select_related("decision")}
    AuditTask.objects.bulk_create(
        [
            AuditTask(
                draw=draw,
                programme_id=programme.pk,
                queue_id=rows[draw.pk].decision.queue_id,
                worker_id=rows[draw.pk].decision.worker_id,
                organisation_id=rows[draw.pk].decision.organisation_id,
            )
            for draw in draws
        ],
        batch_size=500,
    )
    made = LabelCheck.objects.bulk_create(
        [
            LabelCheck(
                programme=programme,
                draw=draw,
                label=doubt.label,
                believed=doubt.believed,
                chance_wrong=doubt.chance_wrong,
                band=band_of(doubt.chance_wrong),
                is_drawn=is_drawn,
                data_version=version,
                at=deed.now,
            )
            for draw, (doubt, _pi, _u) in zip(draws, fresh, strict=True)
        ],
        batch_size=500,
    )
    deed.record("doubtful labels sent to audit", after={"labels": len(made), "drawn": is_drawn})
    return made


def _free_name(programme: Programme) -> str:
    """The plan's name, numbered where somebody has given it to a plan of her own."""
    taken = set(
        SamplingPlan.objects.filter(programme=programme, name__startswith=PLAN_NAME).values_list("name", flat=True)
    )
    return next(name for n in count(1) if (name := PLAN_NAME if n == 1 else f"{PLAN_NAME} {n}") not in taken)


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(_("They cannot be checked like this."), fields={field: [sentence]})
