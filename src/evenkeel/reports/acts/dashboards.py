"""One's own dashboards: begun empty or as a copy, then arranged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.measure import STEPS, TABLES

from .. import scopes
from ..board import Board
from ..models import Dashboard, Exploration, Tile
from ..queries.offered import metrics_offered
from ..rules.questions import Question, not_kept, split_of
from .checks import check_name, insist_on_person

MOST_TILES = 24
MOST_DASHBOARDS = 50


def begin_dashboard(
    actor: Actor, *, name: str, copy_of: type[Board] | Dashboard | None = None, now: datetime
) -> Dashboard:
    """A dashboard of one's own: empty, or with the tiles of a shipped one or of another of one's own."""
    with act(scopes.DASHBOARD_OWN, actor, now=now) as deed:
        owner_id = insist_on_person(actor)
        count = Dashboard.objects.filter(owner_id=owner_id).count()
        deed.require(count < MOST_DASHBOARDS, _("You have %(n)d dashboards. Delete one first.") % {"n": count})
        made = Dashboard.objects.create(
            owner_id=owner_id,
            name=check_name(Dashboard, name, owner_id=owner_id),
            based_on=copy_of.slug if isinstance(copy_of, type) else copy_of.based_on if copy_of else "",
            created_at=now,
        )
        tiles = _tiles_of(copy_of, actor)
        for place, tile in enumerate(tiles):
            tile.dashboard, tile.place = made, place
        Tile.objects.bulk_create(tiles)
        deed.record("begun", on=made, name=made.name, based_on=made.based_on)
        return made


def _tiles_of(source: type[Board] | Dashboard | None, actor: Actor) -> list[Tile]:
    if source is None:
        return []
    if isinstance(source, Dashboard):
        names = ("metric", "days", "narrowed", "split_by", "exploration_id")
        rows = source.tiles.filter(dashboard__owner=actor.person_id)
        return [Tile(**{name: getattr(tile, name) for name in names}) for tile in rows]
    own = {"worker": [str(actor.worker_id)]} if source.is_own else {}
    return [Tile(metric=tile.metric, days=tile.days, split_by=source.split_by, narrowed=own) for tile in source.tiles]


def rename_dashboard(actor: Actor, *, dashboard: Dashboard, name: str, now: datetime) -> Dashboard:
    """Give it another name."""
    with act(scopes.DASHBOARD_OWN, actor, on=dashboard, now=now) as deed:
        before = dashboard.name
        dashboard.name = check_name(Dashboard, name, owner_id=dashboard.owner_id, but=dashboard.pk)
        dashboard.save(update_fields=["name"])
        deed.record("renamed", before={"name": before}, after={"name": dashboard.name})
        return dashboard


def delete_dashboard(actor: Actor, *, dashboard: Dashboard, now: datetime) -> None:
    """Away with it. What it showed stands in `measure` and is lost to nobody."""
    with act(scopes.DASHBOARD_OWN, actor, on=dashboard, now=now) as deed:
        deed.record("deleted", name=dashboard.name)
        dashboard.delete()


def add_tile(
    actor: Actor,
    *,
    dashboard: Dashboard,
    question: Question,
    split_by: str = "",
    exploration: Exploration | None = None,
    now: datetime,
) -> Tile:
    """Put a question's metric, narrowing and length of time on a dashboard, behind the tiles that are there.

    `split_by` is a place that the metric is kept by; "": the nearest one. `Invalid` for what no tile can show.
    """
    with act(scopes.DASHBOARD_OWN, actor, on=dashboard, now=now) as deed:
        place, split_by = _check_tile(actor, question, split_by, dashboard)
        made = Tile.objects.create(
            dashboard=dashboard,
            place=place,
            metric=question.metric,
            days=question.days,
            narrowed={name: [str(value) for value in values] for name, values in question.narrowed.items()},
            split_by=split_by,
            exploration=exploration,
        )
        deed.record("tile added", tile=made.pk, metric=made.metric, days=made.days)
        return made


def _check_tile(actor: Actor, question: Question, split_by: str, dashboard: Dashboard) -> tuple[int, str]:
    """The place of the new tile, and what its change is split by. Raises `Invalid` for what no tile can show."""
    offered = {kind.slug: kind for kind in metrics_offered(actor) if kind.is_daily}
    kind = offered.get(question.metric)
    wrong: dict[str, list[str]] = {}
    if kind is None:
        wrong["metric"] = [_("One of %(known)s.") % {"known": ", ".join(offered)}]
    if question.days not in STEPS or question.since is not None:
        wrong["days"] = [_("A tile shows the last %(known)s days.") % {"known": ", ".join(map(str, STEPS))}]
    places = [name for name in (kind.places if kind is not None else TABLES) if name != "worker"]
    if split_by and split_by not in places:
        wrong["split_by"] = [_("One of %(known)s.") % {"known": ", ".join(places)}]
    if kind is not None and not kind.is_kept_by(question.where):
        wrong["metric"] = [not_kept(kind, ", ".join(question.where))]
    if dashboard.tiles.count() >= MOST_TILES:
        wrong["dashboard"] = [_("A dashboard has %(n)d tiles at most.") % {"n": MOST_TILES}]
    if wrong:
        raise Invalid(_("This tile does not fit."), fields=wrong)
    last = dashboard.tiles.aggregate(last=Max("place"))["last"]
    return 0 if last is None else last + 1, split_by or split_of(offered[question.metric], "queue")


def remove_tile(actor: Actor, *, tile: Tile, now: datetime) -> None:
    """Take a tile away."""
    with act(scopes.DASHBOARD_OWN, actor, on=tile.dashboard, now=now) as deed:
        deed.record("tile removed", tile=tile.pk, metric=tile.metric, days=tile.days)
        tile.delete()


def move_tile(actor: Actor, *, tile: Tile, steps: int, now: datetime) -> None:
    """Move a tile so many places, later or earlier; at an end it stays."""
    order = list(tile.dashboard.tiles.values_list("pk", flat=True))
    here = order.index(tile.pk)
    order.insert(min(max(here + steps, 0), len(order) - 1), order.pop(here))
    order_tiles(actor, dashboard=tile.dashboard, order=order, now=now)


def order_tiles(actor: Actor, *, dashboard: Dashboard, order: Sequence[UUID], now: datetime) -> None:
    """Put the tiles into this order. Ids that are not of this dashboard are refused, tiles not named go behind."""
    with act(scopes.DASHBOARD_OWN, actor, on=dashboard, now=now) as deed:
        tiles = {tile.pk: tile for tile in dashboard.tiles.select_for_update()}
        if not set(order) <= tiles.keys():
            raise Invalid(_("There is no such tile on this dashboard."), fields={"order": [_("Reload the page.")]})
        wanted = [*dict.fromkeys(order), *(pk for pk in tiles if pk not in set(order))]
        for place, pk in enumerate(wanted):
            tiles[pk].place = place
        Tile.objects.bulk_update(tiles.values(), ["place"])
        deed.record("tiles ordered", order=[str(pk) for pk in wanted])
