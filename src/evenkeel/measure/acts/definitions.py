"""Defining metrics, ratios and populations: a first version, further ones, retiring and restoring."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.catalogue import SLUG
from evenkeel.ground.errors import Invalid, NotFound, Refused
from evenkeel.ground.log import all_facts
from evenkeel.people import Person

from .. import scopes
from ..definitions.cells import as_json, rows_of
from ..definitions.checking import Checked, check
from ..definitions.facts import facts_offered
from ..definitions.registry import forget, newest
from ..definitions.said import Said
from ..language import AGGREGATES, FUNCTIONS, KEYWORDS
from ..metric import metrics
from ..models import Definition, DefinitionVersion, Retirement, RollupMember
from ..queries.definitions import definitions_in_use, metric_for, populations_for

if TYPE_CHECKING:
    from evenkeel.people import Organisation
    from evenkeel.work import Programme

# Every one in use is kept up to date from the log, each version of it.
MOST_DEFINITIONS = 200
MOST_VERSIONS = 100
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def define(
    actor: Actor,
    *,
    slug: str,
    said: Said,
    organisation: Organisation | None = None,
    programme: Programme | None = None,
    owner: Person | None = None,
    now: datetime,
) -> Definition:
    """Define something and publish its first version: from then on it is a metric like any other.

    With an organisation or a programme it counts their rows alone and is theirs alone to see; without, it is everybody's,
    which asks for the right everywhere. `WrongDefinition` names the field, and the place within an expression.
    """
    with act(scopes.METRIC_EDIT, actor, on=programme or organisation, now=now) as deed:
        if programme is None and organisation is None:
            _insist_on_everywhere(actor)
        slug = _free_slug(slug, said.sort)
        deed.require(
            definitions_in_use().count() < MOST_DEFINITIONS,
            _("There are %(n)d definitions in use: retire one first.") % {"n": MOST_DEFINITIONS},
        )
        found = _checked(actor, said, organisation, programme, slug)
        made = Definition.objects.create(
            slug=slug,
            sort=said.sort,
            organisation=organisation,
            programme=programme,
            owner_id=owner.pk if owner is not None else actor.person_id,
            created_at=now,
        )
        version = _publish(made, found, number=1, actor=actor, now=now)
        deed.record("defined", on=made, organisation_id=organisation.pk if organisation else None, after=_told(version))
        deed.tell("metric.defined", definition_id=made.pk, number=1)
        return made


def redefine(actor: Actor, *, definition: Definition, said: Said, now: datetime) -> DefinitionVersion:
    """Publish a new version. The note says what changed and what that does to figures; old versions stay to be asked."""
    with act(scopes.METRIC_EDIT, actor, on=_place(actor, definition), now=now) as deed:
        locked = Definition.objects.select_for_update().get(pk=definition.pk)
        deed.require(not _retired(locked), _("It is retired: restore it first."))
        before = locked.versions.order_by("-number")[0]
        deed.require(before.number < MOST_VERSIONS, _("It has %(n)d versions: define another.") % {"n": MOST_VERSIONS})
        if not said.note.strip():
            raise Invalid(
                _("A new version needs a note."),
                fields={"note": [_("Say what changed, and what that does to figures.")]},
            )
        said = replace(said, sort=locked.sort)
        found = _checked(actor, said, locked.organisation, locked.programme, locked.slug)
        version = _publish(locked, found, number=before.number + 1, actor=actor, now=now)
        deed.record("redefined", on=locked, before=_told(before), after=_told(version))
        deed.tell("metric.defined", definition_id=locked.pk, number=version.number)
        return version


def retire(actor: Actor, *, definition: Definition, reason: str, now: datetime) -> Retirement:
    """Take a definition out of use. What it told stays to be read; it is no longer kept up to date."""
    with act(scopes.METRIC_EDIT, actor, on=_place(actor, definition), now=now) as deed:
        locked = Definition.objects.select_for_update().get(pk=definition.pk)
        deed.require(not _retired(locked), _("It is retired already."))
        if not reason.strip():
            raise Invalid(_("Retiring needs a reason."), fields={"reason": [_("Write in a sentence why.")]})
        # Meanwhile it takes nothing in, so what it holds is made anew when it comes back.
        RollupMember.objects.filter(metric__startswith=f"{locked.slug}@").delete()
        made = Retirement.objects.create(definition=locked, at=now, reason=reason.strip(), by_id=actor.person_id)
        forget()
        deed.record("retired", on=locked, after={"reason": made.reason})
        return made


def restore(actor: Actor, *, definition: Definition, now: datetime) -> None:
    """Put a retired definition back into use; the roll-up catches up from the log."""
    with act(scopes.METRIC_EDIT, actor, on=_place(actor, definition), now=now) as deed:
        ended = Retirement.objects.filter(definition=definition, ended_at=None).update(
            ended_at=now, ended_by_id=actor.person_id
        )
        deed.require(ended, _("It is in use."))
        forget()
        deed.record("restored", on=definition)


def _insist_on_everywhere(actor: Actor) -> None:
    is_everywhere = not actor.is_outside and any(grant.kind is None for grant in actor.grants_for(scopes.METRIC_EDIT))
    if not actor.is_system and not is_everywhere:
        raise Refused(
            _("Only whoever may define everywhere defines for everybody: choose an organisation or a programme.")
        )


def _place(actor: Actor, definition: Definition) -> Any:
    if definition.organisation_id is None and definition.programme_id is None:
        _insist_on_everywhere(actor)
        return None
    return definition


def _retired(definition: Definition) -> bool:
    return Retirement.objects.filter(definition=definition, ended_at=None).exists()


def _free_slug(slug: str, sort: str) -> str:
    slug = slug.strip()
    fits = _NAME.fullmatch(slug) if sort == Definition.POPULATION else len(slug) <= 40 and SLUG.fullmatch(slug)
    if not fits:
        raise _wrong_slug(_("Small letters, digits and _, a letter first, at most 40."))
    taken = Definition.objects.filter(slug=slug).exists() or slug in metrics.slugs()
    if taken:
        raise _wrong_slug(_("There is one of this name already; choose another."))
    words = {each.name for each in FUNCTIONS} | {each.name for each in AGGREGATES} | KEYWORDS
    if sort == Definition.POPULATION and (slug in words or any(slug in fact.columns for fact in all_facts().values())):
        raise _wrong_slug(_("Expressions know this word already; choose another."))
    return slug


def _wrong_slug(sentence: str) -> Invalid:
    return Invalid(_("The name cannot be used."), fields={"slug": [sentence]})


def _checked(actor: Actor, said: Said, organisation: Any, programme: Any, slug: str) -> Checked:
    for name in ("guard", "above", "below"):
        # What others defined for themselves is not there for her.
        if (named := getattr(said, name)) and named in metrics:
            try:
                metric_for(actor, named)
            except NotFound as missing:
                raise Invalid(missing.sentence, fields={name: [missing.sentence]}) from None
    return check(said, populations=populations_for(organisation=organisation, programme=programme), slug=slug)


def _publish(definition: Definition, found: Checked, *, number: int, actor: Actor, now: datetime) -> DefinitionVersion:
    said = found.said
    names = ("unit", "better", "guard", "fact", "population", "figure", "weight")
    used = {
        Definition.METRIC: names,
        Definition.RATIO: ("unit", "better", "guard"),
        Definition.POPULATION: ("fact", "population"),
    }[definition.sort]
    # What a ratio is made of stays what it was: an own metric is named with its version.
    sides = {name: newest(getattr(said, name)) for name in ("above", "below")} if definition.sort == "ratio" else {}
    rows = as_json(rows_of(said.rows, facts_offered()[said.fact])) if definition.sort == "metric" else []
    forget()
    return DefinitionVersion.objects.create(
        definition=definition,
        number=number,
        title=said.title.strip(),
        why=said.why.strip(),
        **{name: getattr(said, name).strip() for name in used},
        **sides,
        populations=dict(found.populations),
        rows=rows,
        expected=said.expected if rows else None,
        expected_n=found.answer.n if rows and found.answer is not None else None,
        note=said.note.strip(),
        published_at=now,
        by_id=actor.person_id,
    )


def _told(version: DefinitionVersion) -> dict[str, Any]:
    names = ("number", "title", "figure", "population", "weight", "above", "below", "unit", "better", "guard", "note")
    return {name: value for name in names if (value := getattr(version, name)) not in ("", None)}
