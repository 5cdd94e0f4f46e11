"""Who may do what to which.

A *scope* is a verb on a kind of thing, `room:thing:verb`. A *grant* gives the scopes of a role, everywhere or within one
organisation, site, team, programme or queue. *Reach* says, per table, along which path a row belongs to each of those.
From these two the engine answers both questions, "may she do this to that?" and "which ones may she?", with one filter,
so the two answers cannot differ. A vendor's person is always cut to rows of her own organisation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from .errors import NotFound, Refused

KINDS = ("organisation", "site", "team", "programme", "queue")

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Grant:
    """The scopes of one role, within one target; `kind` None means everywhere."""

    role: str
    scopes: frozenset[str]
    kind: str | None = None
    target_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Whoever acts: a person with the grants in force now, an API token cut to its scopes, or the system itself."""

    name: str
    person_id: UUID | None = None
    worker_id: UUID | None = None
    organisation_id: UUID | None = None
    organisation_name: str = ""
    is_outside: bool = False
    is_system: bool = False
    grants: tuple[Grant, ...] = ()
    only_scopes: frozenset[str] | None = field(default=None)

    @classmethod
    def system(cls, name: str) -> Actor:
        """A job or an operator's command: may do everything; the trail names it."""
        return cls(name=name, is_system=True)

    @classmethod
    def nobody(cls) -> Actor:
        """Somebody who has not logged in: may do nothing."""
        return cls(name="")

    def scopes_to_keep(self) -> list[str] | None:
        """What an order keeps of a token that made it, for the job that carries it out; None for a person who has logged in."""
        return None if self.only_scopes is None else sorted(self.only_scopes)

    def grants_for(self, scope: str) -> tuple[Grant, ...]:
        """The grants that carry a scope; none when a token's own scopes leave it out, or when it is for one's own only."""
        if scope in _own or (self.only_scopes is not None and scope not in self.only_scopes):
            return ()
        return tuple(grant for grant in self.grants if scope in grant.scopes)

    def has_as_own(self, scope: str) -> bool:
        """Whether the scope is one that everybody has on what is her own; a token's own scopes may leave it out."""
        if self.person_id is None or scope not in _own:
            return False
        return self.only_scopes is None or scope in self.only_scopes

    def has(self, scope: str) -> bool:
        """Whether any grant carries the scope, wherever; for menus, never in place of a check on the object."""
        return self.is_system or bool(self.grants_for(scope)) or self.has_as_own(scope)


@dataclass(frozen=True)
class Ruling:
    """An answer with its reason."""

    allowed: bool
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


# ------------------------------------------------------------------ scopes

_scopes: dict[str, Any] = {}
_built_in: dict[str, frozenset[str]] = {}
_own: set[str] = set()


def declare(scope: str, title: Any, *, roles: Iterable[str] = (), own: bool = False) -> str:
    """Declare a scope `room:thing:verb` with a title for people; returns it.

    `roles` are the slugs of the built-in roles that carry it from the start (`evenkeel.people.roles`); the
    administrator's carries all. An `own` scope needs no role: whoever has logged in has it on what is hers
    (`reach(..., own="person")`), and nobody has it on anything else: not even an administrator acts in another's name.
    """
    if scope.count(":") != 2:
        raise ValueError(f"a scope reads room:thing:verb, not {scope!r}")
    _scopes[scope] = title
    _built_in[scope] = frozenset(roles)
    if own:
        _own.add(scope)
    return scope


def scopes_of_role(slug: str) -> list[str]:
    """The scopes that a built-in role carries, sorted; never those for one's own, which no role can stretch to others."""
    return sorted(
        scope for scope, roles in _built_in.items() if scope not in _own and (slug in roles or slug == "administrator")
    )


def all_scopes() -> dict[str, Any]:
    """Every declared scope with its title, sorted."""
    return dict(sorted(_scopes.items()))


def is_own(scope: str) -> bool:
    """Whether everybody has the scope on what is her own."""
    return scope in _own


# ------------------------------------------------------------------ reach

_reach: dict[type[Model], dict[str, str | None]] = {}
_part_of: dict[type[Model], str] = {}
_veils: dict[type[Model], tuple[type[Model], str]] = {}


def reach(
    model: type[Model],
    *,
    organisation: str | None,
    site: str | None = None,
    team: str | None = None,
    programme: str | None = None,
    queue: str | None = None,
    own: str | None = None,
    part_of: str | None = None,
) -> None:
    """Say along which lookup a row of `model` belongs to each kind of target; "pk" for the thing itself.

    `organisation` is obligatory. None says, in so many words, that a vendor's people never see rows of this table.
    `own` is the lookup to the person whose row it is, for scopes that everybody has on her own things.
    `part_of` is the lookup to the thing with which the row is hidden when that is under a `veil`; "pk" for the thing itself.
    """
    _reach[model] = {
        "organisation": organisation,
        "site": site,
        "team": team,
        "programme": programme,
        "queue": queue,
        "own": own,
    }
    if part_of is not None:
        _part_of[model] = part_of


def veil(model: type[Model], *, by: type[Model], at: str) -> None:
    """Hide rows of `model`, and all that is `part_of` them, from every scope while a row of `by` points at them along `at`.

    Who may see them asks for the veiling row itself, which has a reach of its own and no veil.
    """
    _veils[model] = (by, at)


def veiled_by(model: type[Model]) -> tuple[str, type[Model], str] | None:
    """How rows of a table are hidden: the lookup to the veiled thing, the veiling table, and its column; None if never."""
    part_of = _part_of.get(model)
    if part_of is None:
        return None
    found = _veils.get(_thing_at(model, part_of))
    return None if found is None else (part_of, *found)


def _thing_at(model: type[Model], path: str) -> type[Model]:
    current: Any = model
    for step in path.split("__"):
        if step != "pk":
            current = current._meta.get_field(step).related_model
    return current  # type: ignore[no-any-return]


def reached_models() -> Mapping[type[Model], Mapping[str, str | None]]:
    """Every table that has a reach; the tests walk them as owner, colleague and stranger."""
    return dict(_reach)


def visible(actor: Actor, scope: str, rows: QuerySet[M]) -> QuerySet[M]:
    """The rows on which the actor may use the scope."""
    if scope not in _scopes:
        raise LookupError(f"scope {scope!r} was never declared")
    if actor.is_system:
        return rows
    paths = _reach.get(rows.model)
    if paths is None:
        raise LookupError(f"{rows.model.__name__} has no reach; register one in its room's reach.py")
    allowed = _allowed(actor, scope, paths)
    if allowed is None:
        return rows.none()
    if actor.is_outside:
        own = paths["organisation"]
        if own is None:
            return rows.none()
        allowed &= Q(**{own: actor.organisation_id})
    rows = unveiled(rows)
    if not _crosses_many(rows.model, paths):
        return rows.filter(allowed)
    # A path through a many-to-many join repeats a row; DISTINCT would cure that and forbid row locks.
    return rows.filter(pk__in=rows.model._default_manager.filter(allowed).values("pk"))


def unveiled(rows: QuerySet[M]) -> QuerySet[M]:
    """The rows that no veil hides; for queries that need no scope, because they are about the actor's own work."""
    found = veiled_by(rows.model)
    if found is None:
        return rows
    part_of, by, at = found
    # An anti-join by the veil's unique key: no join that would repeat rows or forbid their locks.
    return rows.filter(~Exists(by._default_manager.filter(**{at: OuterRef(part_of)})))


def _allowed(actor: Actor, scope: str, paths: Mapping[str, str | None]) -> Q | None:
    """How far the actor's grants reach: an empty Q is everything, None is nothing."""
    parts = []
    for grant in actor.grants_for(scope):
        if grant.kind is None:
            # Not or-ed with the rest: an empty Q vanishes in an OR, and everything would become nothing.
            return Q()
        if path := paths[grant.kind]:
            parts.append(Q(**{path: grant.target_id}))
    if actor.has_as_own(scope) and (own := paths["own"]):
        parts.append(Q(**{own: actor.person_id}))
    return reduce(or_, parts) if parts else None


def _crosses_many(model: type[Model], paths: Mapping[str, str | None]) -> bool:
    for path in paths.values():
        current: Any = model
        for step in (path or "pk").split("__"):
            if step in ("pk", "id"):
                break
            found = current._meta.get_field(step)
            if found.many_to_many or found.one_to_many:
                return True
            current = found.related_model
            if current is None:
                break
    return False


def may(actor: Actor, scope: str, on: Model | None = None) -> Ruling:
    """May the actor use the scope, on this object when one is given? The answer carries its reason."""
    if actor.is_system:
        return Ruling(True, _("The system acts."))
    if scope not in _scopes:
        raise LookupError(f"scope {scope!r} was never declared")
    if not actor.has(scope):
        return Ruling(False, _("None of your roles allows this: %(what)s.") % {"what": _scopes[scope]})
    if on is None:
        return Ruling(True, _("One of your roles allows this."))
    everywhere = not actor.is_outside and any(grant.kind is None for grant in actor.grants_for(scope))
    if everywhere and type(on) in _reach and veiled_by(type(on)) is None:
        # Everywhere is everywhere: the filter below would be empty.
        return Ruling(True, _("One of your roles allows this here."))
    # By its table and not by its type: `request.user` is a wrapper around a person.
    rows = on._meta.model._default_manager.filter(pk=on.pk)
    if visible(actor, scope, rows).exists():
        return Ruling(True, _("One of your roles allows this here."))
    return Ruling(False, _("Your roles allow this elsewhere, but not here: %(what)s.") % {"what": _scopes[scope]})


def require(actor: Actor, scope: str, on: Model | None = None) -> None:
    """Raise `Refused`, with the reason, unless the actor may."""
    ruling = may(actor, scope, on)
    if not ruling:
        raise Refused(ruling.reason, code="refused")


def load(actor: Actor, scope: str, rows: QuerySet[M], pk: UUID | str | int) -> M:
    """The one object, if the actor may use the scope on it; `NotFound` otherwise, so that nothing is given away."""
    try:
        found = visible(actor, scope, rows).filter(pk=pk).first()
    except (ValidationError, ValueError):  # a key that no row of this table can have
        found = None
    if found is None:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return found
