"""What people defined: which of it somebody may read, its versions and how they differ, how far a new one has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, visible
from evenkeel.ground.errors import NotFound

from .. import scopes
from ..metric import FigureMetric, Metric, all_metrics, metrics
from ..models import ConsumedBatch, Definition, DefinitionVersion, Retirement, RollupMember

if TYPE_CHECKING:
    from evenkeel.people import Organisation
    from evenkeel.work import Programme

FIELDS = ("title", "why", "fact", "figure", "population", "weight", "above", "below", "unit", "better", "guard")


def readable(actor: Actor) -> QuerySet[Definition]:
    """The definitions that somebody may read: everybody's, and those within her reach."""
    rows = Definition.objects.all()
    if actor.is_system:
        return rows
    if not actor.has(scopes.FIGURE_VIEW):
        return rows.none()
    own = visible(actor, scopes.FIGURE_VIEW, rows).values("pk")
    return rows.filter(Q(organisation=None, programme=None) | Q(pk__in=own))


def definitions_in_use() -> QuerySet[Definition]:
    """Those that are not retired."""
    return Definition.objects.filter(~Exists(Retirement.objects.filter(definition=OuterRef("pk"), ended_at=None)))


def with_state(rows: QuerySet[Definition]) -> QuerySet[Definition]:
    """With `is_retired` beside each."""
    return rows.annotate(is_retired=Exists(Retirement.objects.filter(definition=OuterRef("pk"), ended_at=None)))


def metrics_for(actor: Actor) -> list[type[Metric]]:
    """Every metric in use that somebody may read: those that ship and those that people defined. Two queries at most."""
    found = all_metrics()
    own = {kind.slug for kind in found} - set(metrics.slugs())
    if not own:
        return found
    allowed = set(readable(actor).filter(slug__in=own).values_list("slug", flat=True))
    return [kind for kind in found if kind.slug not in own or kind.slug in allowed]


def figure_metrics_for(actor: Actor) -> list[type[FigureMetric]]:
    """Those of `metrics_for` that the roll-ups answer: what figures, boards, questions and files may be made of."""
    return [kind for kind in metrics_for(actor) if issubclass(kind, FigureMetric)]


def metric_for(actor: Actor, slug: str) -> type[Metric]:
    """One metric, if somebody may read it; `NotFound` otherwise."""
    plain = slug.partition("@")[0]
    if slug not in metrics or (plain not in metrics.slugs() and not readable(actor).filter(slug=plain).exists()):
        raise NotFound(_("There is no such metric."))
    return metrics[slug]


def populations_for(
    *, organisation: Organisation | None = None, programme: Programme | None = None
) -> dict[str, tuple[str, str]]:
    """The populations that a definition of this place may name: slug -> (fact, expression), each in its newest version."""
    retired = Retirement.objects.filter(definition=OuterRef("definition"), ended_at=None)
    rows = DefinitionVersion.objects.filter(
        Q(definition__organisation=None) | Q(definition__organisation=organisation),
        Q(definition__programme=None) | Q(definition__programme=programme),
        ~Exists(retired),
        definition__sort=Definition.POPULATION,
    )
    found: dict[str, tuple[str, str]] = {}
    for slug, fact, text in rows.order_by("number").values_list("definition__slug", "fact", "population"):
        found[slug] = (fact, text)
    return found


def filling(metric: str) -> tuple[int, int]:
    """How many of the written batches of its fact a metric's roll-up holds, and how many there are."""
    from evenkeel.ground.log import batches_since

    from ..metric import DayMetric

    kind = metrics[metric]
    if not issubclass(kind, DayMetric):
        return 0, 0
    # By itself until it has caught up with the others.
    member = RollupMember.objects.filter(metric=kind.stored()).first()
    consumer = member.feed if member is not None else f"parts:{kind.stored()}:{kind.version}"
    written = {batch.pk for batch in batches_since(kind.fact)}
    held = set(ConsumedBatch.objects.filter(consumer=consumer).values_list("batch_id", flat=True))
    return len(written & held), len(written)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field that differs between two versions; `parts` are pieces of text with what became of them."""

    field: str
    parts: tuple[tuple[str, str], ...]


def changes_between(older: DefinitionVersion | None, newer: DefinitionVersion) -> list[Change]:
    """What a version changed against the one before it; nothing for the first."""
    if older is None:
        return []
    return [
        Change(field=name, parts=_parts(getattr(older, name), getattr(newer, name)))
        for name in FIELDS
        if getattr(older, name) != getattr(newer, name)
    ]


def _parts(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Word by word: ("same" | "gone" | "new", text)."""
    old, new = before.split(" "), after.split(" ")
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", " ".join(old[a:b])))
            continue
        pieces: Sequence[tuple[str, str]] = (("gone", " ".join(old[a:b])), ("new", " ".join(new[c:d])))
        found += [piece for piece in pieces if piece[1]]
    return tuple(found)


def versions_of(definition: Definition) -> list[tuple[DefinitionVersion, list[Change]]]:
    """Every version, the newest first, with what it changed."""
    rows = list(definition.versions.select_related("by").order_by("-number"))
    return [(row, changes_between(older, row)) for row, older in zip(rows, [*rows[1:], None], strict=True)]


def users_of(definition: Definition, among: QuerySet[Definition]) -> list[Definition]:
    """The definitions, among some, whose newest version names this one: as a population, or as a side of a ratio."""
    newer = DefinitionVersion.objects.filter(definition=OuterRef("definition"), number__gt=OuterRef("number"))
    rows = DefinitionVersion.objects.filter(~Exists(newer), definition__in=among).select_related("definition")
    if definition.sort == Definition.POPULATION:
        return [row.definition for row in rows.exclude(populations={}) if definition.slug in row.populations]
    side = Q()
    for name in ("above", "below"):
        side |= Q(**{name: definition.slug}) | Q(**{f"{name}__startswith": f"{definition.slug}@"})
    return [row.definition for row in rows.filter(side)]
