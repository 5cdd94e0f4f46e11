"""Opening an investigation: from a signal, or by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor, require
from evenkeel.ground.acts import Deed, act
from evenkeel.ground.errors import Invalid
from evenkeel.measure import Signal, dated_by, figure_metrics_for
from evenkeel.people import Organisation, Person, Site, Team
from evenkeel.work import Programme, Queue

from .. import evidence, rules, scopes, words
from ..looking import look
from ..models import Investigation, InvestigationSource
from ..sources import Source
from .checks import check_owner, check_text, check_windows, insist_on_person, tell_owner


def open_from_signal(
    actor: Actor, *, signal: Signal, windows: rules.Windows | None = None, now: datetime
) -> Investigation:
    """Open the investigation of a signal. A signal has one: opening it again gives the one there is.

    Without `windows` the four weeks that lie surely before the change are compared with the days surely after it, as it is
    dated by now: while it is open up to today, afterwards up to its last flagged day. Whoever opens it owns it; its
    signal's owner hears of it.
    """
    require(actor, scopes.EDIT, signal)
    known = Investigation.objects.filter(signal=signal).first()
    if known is not None:
        return known
    try:
        with act(scopes.EDIT, actor, on=signal, now=now) as deed:
            made = Investigation(
                title=words.title_of(signal.metric, signal.where_name, side=signal.side)[:200],
                signal=signal,
                metric=signal.metric,
                programme=signal.programme,
                queue=signal.queue,
                organisation=signal.organisation,
                site=signal.site,
                team=signal.team,
                where_name=signal.where_name,
                owner_id=_first_owner(actor, signal),
            )
            return _open(deed, made, windows=windows or _around(signal, now))
    except IntegrityError:
        # Two pressed the button at the same moment; the other one was first.
        known = Investigation.objects.filter(signal=signal).first()
        if known is None:
            raise
        return known


def open_investigation(
    actor: Actor,
    *,
    title: str,
    programme: Programme,
    windows: rules.Windows,
    metric: str = "accuracy",
    queue: Queue | None = None,
    organisation: Organisation | None = None,
    site: Site | None = None,
    team: Team | None = None,
    statement: str = "",
    owner: Person | None = None,
    source: Source | None = None,
    now: datetime,
) -> Investigation:
    """Open an investigation by hand, or from a `source` that has none yet.

    The problem's size, its ranked drivers and a first draw of evidence come with it. A queue may narrow it, and one of
    organisation, site and team (the narrowest given counts). Without a `statement` the figures make one. `Invalid` for
    windows out of order or over 92 days, a queue of another programme, a metric without a figure there; `NotNow` for a
    source that has one. Whoever opens it owns it unless an owner is named. A vendor's person opens it about her own
    organisation only.
    """
    with act(scopes.EDIT, actor, now=now) as deed:
        if queue is not None and queue.programme_id != programme.pk:
            raise Invalid(
                _("This queue belongs to another programme."), fields={"queue": [_("Choose one of its own.")]}
            )
        site = team.site if team else site
        organisation = site.organisation if site else organisation
        made = Investigation(
            title=check_text("title", title, least=3, sentence=_("An investigation needs a title."))[:200],
            metric=metric,
            programme=programme,
            queue=queue,
            organisation=organisation,
            site=site,
            team=team,
            where_name=_where(programme, queue, team or site or organisation),
            statement=statement.strip(),
            owner_id=owner.pk if owner else insist_on_person(actor),
        )
        return _open(deed, made, windows=windows, source=source)


def _open(deed: Deed, made: Investigation, *, windows: rules.Windows, source: Source | None = None) -> Investigation:
    check_windows(windows)
    _insist_on_figure(deed.actor, made)
    made.baseline_since, made.since, made.until = windows.baseline_since, windows.since, windows.until
    made.opened_at = made.looked_at = deed.now
    made.save(force_insert=True)
    # Asked of the investigation itself, so that its reach alone says who may open what: a vendor's person nothing about
    # others, a team's lead nothing beyond her team.
    require(deed.actor, scopes.EDIT, made)
    check_owner(made, now=deed.now)
    if source is not None:
        _insist_on_first(deed, source)
        InvestigationSource.objects.create(
            investigation=made, kind=source.kind, source_id=source.id, title=source.title[:200], url=source.url
        )
    drivers = look(made, by_id=deed.actor.person_id, now=deed.now)
    drawn = evidence.draw(made, now=deed.now)
    made.statement = made.statement or words.statement_of(made, drivers)
    made.save(update_fields=["statement"])
    deed.record(
        "opened",
        on=made,
        organisation_id=made.organisation_id,
        after={"title": made.title, "where": made.where_name, "verdict": made.scan["verdict"], "cases": drawn},
    )
    title = _("An investigation was opened: %(title)s") % {"title": made.title}
    tell_owner(deed, made, title=title)
    deed.tell("investigation.opened", investigation_id=made.pk)
    return made


def _insist_on_figure(actor: Actor, made: Investigation) -> None:
    """`Invalid` for a metric that has no figure at this place, or is another house's own."""
    places = [name for name in ("queue", "organisation", "site", "team") if getattr(made, f"{name}_id") is not None]
    figures = {kind.slug: kind for kind in figure_metrics_for(actor)}
    if made.metric not in figures or not figures[made.metric].is_kept_by(["programme", *places]):
        raise Invalid(
            _("There is no such figure of this part of the work."), fields={"metric": [_("Choose one of the list.")]}
        )


def _insist_on_first(deed: Deed, source: Source) -> None:
    known = InvestigationSource.objects.filter(kind=source.kind, source_id=source.id).exists()
    deed.require(not known, _("It has an investigation already."), code="investigated")


def _first_owner(actor: Actor, signal: Signal) -> UUID:
    owner_id = actor.person_id or signal.owner_id
    if owner_id is None:
        raise Invalid(_("An investigation needs an owner."), fields={"owner": [_("Name somebody.")]})
    return owner_id


def _around(signal: Signal, now: datetime) -> rules.Windows:
    until = (now.date() if signal.is_open else signal.last_on) + timedelta(days=1)
    # The first flagged day comes after the change, and since the alarm there are days that tell more of when it began.
    dated = dated_by(signal, until=until)
    return rules.windows_between(dated.earliest, dated.on, dated.latest, until=until)


def _where(programme: Programme, queue: Queue | None, place: Organisation | Site | Team | None) -> str:
    if place is not None and queue is not None:
        return _("%(place)s in %(queue)s") % {"place": place, "queue": queue}
    return str(place or queue or programme)
