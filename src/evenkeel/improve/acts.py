"""What people do with investigations."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid
from evenkeel.ground.ids import uuid7
from evenkeel.kernel import key64, keyed_u, keys64
from evenkeel.measure import Signal, figure
from evenkeel.people import Organisation, Person, Site, Team
from evenkeel.work import Programme, Queue

from . import drivers, rules, scopes
from .causes import CAUSES
from .models import CaseCoding, Closing, Driver, EvidenceCase, Investigation, InvestigationNote
from .queries import wrong_verdicts


def open_from_signal(actor: Actor, *, signal: Signal, now: datetime) -> Investigation:
    """Open the investigation of a signal, with the windows that the signal suggests; once a signal."""
    existing = Investigation.objects.filter(signal=signal).first()
    if existing is not None:
        return existing
    windows = rules.windows_around(signal.first_on, seen_on=max(signal.last_on, signal.first_on))
    return open_investigation(
        actor,
        title=_("%(metric)s of %(where)s changed on %(day)s")
        % {"metric": signal.metric.replace("_", " ").capitalize(), "where": signal.where_name, "day": signal.first_on},
        programme=signal.programme,
        queue=signal.queue,
        organisation=signal.organisation,
        site=signal.site,
        team=signal.team,
        where_name=signal.where_name,
        metric=signal.metric,
        windows=windows,
        signal=signal,
        now=now,
    )


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
    where_name: str = "",
    statement: str = "",
    signal: Signal | None = None,
    owner: Person | None = None,
    now: datetime,
) -> Investigation:
    """Open an investigation: the problem's size, its ranked drivers and a first draw of evidence come with it.

    `Invalid` for windows out of order or over 92 days. The opener owns it unless an owner is named.
    """
    with act(scopes.EDIT, actor, on=signal.programme if signal else programme, now=now) as deed:
        _check(windows)
        if signal is None and metric != "accuracy":
            raise Invalid(_("Only accuracy can be explained so far."), fields={"metric": [_("Choose accuracy.")]})
        made = Investigation(
            title=title.strip()[:200],
            signal=signal,
            metric=metric,
            programme=programme,
            queue=queue,
            organisation=organisation or (team.site.organisation if team else site.organisation if site else None),
            site=site,
            team=team,
            where_name=where_name or str(team or site or organisation or queue or programme),
            baseline_since=windows.baseline_since,
            since=windows.since,
            until=windows.until,
            statement=statement,
            owner_id=owner.id if owner else _person_of(actor, signal),
            opened_at=now,
        )
        made.baseline = _figure(made, since=windows.baseline_since, until=windows.since)
        made.current = _figure(made, since=windows.since, until=windows.until)
        made.save(force_insert=True)
        _store_drivers(made, now=now)
        drawn = _draw(made, now=now)
        deed.record(
            "opened", on=made, organisation_id=made.organisation_id, after={"title": made.title, "cases": drawn}
        )
        deed.tell("investigation.opened", investigation_id=made.id)
        return made


def draw_evidence(actor: Actor, *, investigation: Investigation, now: datetime) -> int:
    """Draw evidence anew from audits that came since; cases already drawn stay. Returns how many are new."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        deed.require(not hasattr(investigation, "closing"), _("The investigation is closed; open it again first."))
        investigation.drivers.all().delete()
        _store_drivers(investigation, now=now)
        drawn = _draw(investigation, now=now)
        deed.record("drew evidence", after={"new_cases": drawn})
        return drawn


def code_case(actor: Actor, *, case: EvidenceCase, cause: str, comment: str = "", now: datetime) -> CaseCoding:
    """Say what caused a case. `Invalid` for a cause that the catalogue does not have."""
    with act(scopes.EDIT, actor, on=case.investigation, now=now) as deed:
        deed.require(not hasattr(case.investigation, "closing"), _("The investigation is closed; open it again first."))
        _check_cause(cause)
        made = CaseCoding.objects.create(case=case, cause=cause, comment=comment.strip(), by_id=_somebody(actor), at=now)
        deed.record("coded", on=case, after={"cause": cause})
        return made


def add_note(actor: Actor, *, investigation: Investigation, body: str, now: datetime) -> InvestigationNote:
    """Add a remark."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        if not body.strip():
            raise Invalid(_("The note is empty."), fields={"body": [_("Write something.")]})
        made = InvestigationNote.objects.create(
            investigation=investigation, body=body.strip(), by_id=_somebody(actor), at=now
        )
        deed.record("noted", on=investigation)
        return made


def close_investigation(
    actor: Actor, *, investigation: Investigation, cause: str, summary: str, now: datetime
) -> Closing:
    """Close with a cause and a summary that the next reader can do without the rest."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        deed.require(not hasattr(investigation, "closing"), _("The investigation is closed already."))
        _check_cause(cause)
        if len(summary.strip()) < 20:
            raise Invalid(
                _("The summary is too short."), fields={"summary": [_("Say in a sentence what happened and why.")]}
            )
        made = Closing.objects.create(
            investigation=investigation, cause=cause, summary=summary.strip(), by_id=_somebody(actor), at=now
        )
        deed.record("closed", on=investigation, after={"cause": cause})
        deed.tell("investigation.closed", investigation_id=investigation.id)
        return made


def reopen_investigation(actor: Actor, *, investigation: Investigation, now: datetime) -> Investigation:
    """Open a closed investigation again."""
    with act(scopes.EDIT, actor, on=investigation, now=now) as deed:
        closing = Closing.objects.filter(investigation=investigation).first()
        deed.require(closing is not None, _("The investigation is open."))
        assert closing is not None
        before = {"cause": closing.cause, "summary": closing.summary}
        closing.delete()
        deed.record("reopened", on=investigation, before=before)
        return Investigation.objects.get(pk=investigation.pk)


def _somebody(actor: Actor) -> UUID:
    if actor.person_id is None:
        raise Invalid(_("A person has to say this, not the system."))
    return actor.person_id


def _check(windows: rules.Windows) -> None:
    fault = rules.fault_in(windows)
    if fault == "order":
        raise Invalid(
            _("The windows are out of order."),
            fields={"since": [_("The baseline begins before the change, and the change before the end.")]},
        )
    if fault == "long":
        raise Invalid(
            _("The windows are too long."),
            fields={
                "baseline_since": [_("Together they span at most %(days)s days.") % {"days": rules.LONGEST_WINDOW_DAYS}]
            },
        )


def _check_cause(cause: str) -> None:
    if cause not in CAUSES:
        raise Invalid(_("There is no such cause."), fields={"cause": [_("Choose one of the list.")]})


def _person_of(actor: Actor, signal: Signal | None) -> UUID:
    owner = actor.person_id or (signal.owner_id if signal else None)
    if owner is None:
        raise Invalid(_("An investigation needs an owner."), fields={"owner": [_("Name somebody.")]})
    return owner


def _figure(investigation: Investigation, *, since: date, until: date) -> dict[str, object]:
    said = figure(
        investigation.metric,
        programme=investigation.programme,
        queue=investigation.queue,
        organisation=investigation.organisation,
        site=investigation.site,
        team=investigation.team,
        since=since,
        until=until,
    )
    return said.to_dict()


def _store_drivers(investigation: Investigation, *, now: datetime) -> None:
    found = drivers.find(investigation, now=now)
    Driver.objects.bulk_create(found.rows)
    investigation.scan = {"verdict": found.verdict, "change": found.change, "mix": found.mix, "rate": found.rate}
    investigation.save(update_fields=["scan"])


def _draw(investigation: Investigation, *, now: datetime) -> int:
    wrong = wrong_verdicts(investigation)
    if not wrong:
        return 0
    pi = rules.evidence_rate(len(wrong))
    # Keyed by the investigation, so that whoever doubts the choice can draw it again.
    salt = key64(investigation.id.bytes) & 0xFFFFFFFF
    u = keyed_u(keys64(verdict.id.bytes for verdict in wrong), salt)
    known = set(investigation.cases.values_list("verdict_id", flat=True))
    made = [
        EvidenceCase(id=uuid7(), investigation=investigation, verdict=verdict, pi=pi, u=float(lot), drawn_at=now)
        for verdict, lot in zip(wrong, u, strict=True)
        if lot < pi and verdict.id not in known
    ]
    EvidenceCase.objects.bulk_create(made)
    return len(made)
