"""Adding scorecards, publishing their versions, saying where they are used, and filling one in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from evenkeel.ground import log
from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.ground.errors import Invalid

from .. import scopes
from ..facts import AUDITS, audit_row
from ..models import AuditTask, Draw, SamplingPlan, Scorecard, ScorecardUse, ScorecardVersion, Scoring, Verdict
from ..queries import verdict_in_force
from ..queries.scorecards import scorecard_of, scoring_in_force
from ..rules.scorecards import SEVERITIES, check_scorecard, clean_marks, scored
from .ours import insist_on_ours

if TYPE_CHECKING:
    from evenkeel.work import Programme

_WORDS, _CHANGE = 8_000, 300


def add_scorecard(
    actor: Actor, *, programme: Programme, name: str, spec: Mapping[str, Any], now: datetime
) -> ScorecardVersion:
    """Add a scorecard with its first version. `Invalid` names what does not fit."""
    insist_on_ours(actor)
    with act(scopes.SCORECARD_EDIT, actor, on=programme, now=now) as deed:
        name = name.strip()
        if not name or len(name) > 160 or "\x00" in name:
            raise _wrong("name", _("Give it a name of 1 to 160 characters."))
        if Scorecard.objects.filter(programme=programme, name=name).exists():
            raise _wrong("name", _("There is one of this name in the programme; choose another."))
        checked = check_scorecard(spec)
        made = Scorecard.objects.create(programme=programme, name=name, created_at=now)
        version = _publish(made, 1, checked, "", actor, now)
        deed.record("added", on=made, after={"name": name, **checked})
        return version


def publish_scorecard(
    actor: Actor, *, scorecard: Scorecard, spec: Mapping[str, Any], what_changed: str = "", now: datetime
) -> ScorecardVersion:
    """Publish another version; verdicts scored from now on are scored by it. The same again changes nothing."""
    insist_on_ours(actor)
    with act(scopes.SCORECARD_EDIT, actor, on=scorecard, now=now) as deed:
        # Two who publish at once would both take the same number.
        Scorecard.objects.select_for_update().get(pk=scorecard.pk)
        checked = check_scorecard(spec)
        last = ScorecardVersion.objects.filter(scorecard=scorecard).order_by("-number").first()
        if last is not None and last.spec == checked:
            deed.record("published the same again", on=scorecard, number=last.number)
            return last
        if len(what_changed.strip()) > _CHANGE or "\x00" in what_changed:
            raise _wrong("what_changed", _("One sentence is enough."))
        made = _publish(scorecard, last.number + 1 if last else 1, checked, what_changed.strip(), actor, now)
        deed.record("published", on=scorecard, before=last.spec if last else None, after=checked, number=made.number)
        return made


def use_scorecard(
    actor: Actor,
    *,
    programme: Programme,
    plan: SamplingPlan | None = None,
    scorecard: Scorecard | None,
    now: datetime,
) -> ScorecardUse:
    """Score a plan's verdicts, or all of a programme's, by a scorecard from now on; None: by none."""
    insist_on_ours(actor)
    with act(scopes.SCORECARD_EDIT, actor, on=plan or programme, now=now) as deed:
        if plan is not None and plan.programme_id != programme.pk:
            raise _wrong("plan", _("Choose a plan of the programme."))
        if scorecard is not None and scorecard.programme_id != programme.pk:
            raise _wrong("scorecard", _("Choose a scorecard of the programme."))
        made = ScorecardUse.objects.create(
            programme=programme, plan=plan, scorecard=scorecard, from_at=now, set_by_id=actor.person_id
        )
        deed.record("scorecard set", on=plan or programme, after={"scorecard": scorecard.name if scorecard else None})
        return made


def score_verdict(
    actor: Actor,
    *,
    verdict: Verdict,
    marks: Mapping[str, str],
    severity: int | None = None,
    cause: str = "",
    evidence: str = "",
    comment: str = "",
    client_key: str,
    now: datetime,
) -> Scoring:
    """Fill in the scorecard of one's own verdict, or again; the verdict itself stays as it was given blind.

    The log takes the verdict's row out and appends it with its score. The same `client_key` again gives the same scoring.
    """
    known = Scoring.objects.filter(client_key=client_key).select_related("verdict").first()
    if known is not None:
        if known.verdict_id != verdict.pk or known.verdict.auditor_id != actor.worker_id:
            raise _wrong("client_key", _("This key was used before; make a new one."))
        return known
    draw = Draw.objects.select_related("decision", "plan").get(pk=verdict.draw_id)
    with act(scopes.AUDIT_DO, actor, on=draw, now=now) as deed:
        AuditTask.objects.select_for_update().get(draw=draw)  # two who score one verdict wait for each other
        deed.require(verdict.auditor_id == actor.worker_id, _("Only whoever gave a verdict scores it."))
        present = verdict_in_force(draw)
        deed.require(
            present is not None and present.pk == verdict.pk, _("This verdict was corrected; score the new one.")
        )
        before = scoring_in_force(verdict)
        version = before.version if before else scorecard_of(draw.plan, at=verdict.audited_at)
        if version is None:
            version = scorecard_of(draw.plan, at=now)
        deed.require(version is not None, _("No scorecard is used for this audit."), code="no-scorecard")
        assert version is not None
        checked = clean_marks(version.spec, marks)
        _insist_on_words(version, severity, cause, evidence, comment, client_key)
        found = scored(version.spec, checked)
        made = Scoring.objects.create(
            verdict=verdict,
            version=version,
            marks=checked,
            score=found.score,
            parts=dict(found.parts),
            is_zeroed=found.is_zeroed,
            severity=severity,
            cause=cause,
            evidence=evidence.strip(),
            comment=comment.strip(),
            client_key=client_key,
            scored_at=now,
            replaces=before,
        )
        verdict.draw = draw
        # Only `sign` tells the two apart for whoever adds up: the row without a score goes, the one with it comes.
        gone = audit_row(verdict, scoring=before) | {"sign": -1}
        log.append(AUDITS, [gone, audit_row(verdict, scoring=made)])
        deed.record(
            "scored again" if before else "scored",
            on=draw,
            before={"score": before.score} if before else None,
            after={"score": made.score, "missed": list(found.missed_critical), "cause": cause, "severity": severity},
        )
        deed.tell("verdict.scored", verdict_id=verdict.pk, score=made.score)
        return made


def _publish(
    scorecard: Scorecard, number: int, spec: Mapping[str, Any], what_changed: str, actor: Actor, now: datetime
) -> ScorecardVersion:
    return ScorecardVersion.objects.create(
        scorecard=scorecard,
        number=number,
        spec=spec,
        what_changed=what_changed,
        published_at=now,
        published_by_id=actor.person_id,
    )


def _insist_on_words(
    version: ScorecardVersion, severity: int | None, cause: str, evidence: str, comment: str, client_key: str
) -> None:
    faults: dict[str, list[str]] = {}
    if severity is not None and severity not in SEVERITIES:
        faults["severity"] = [_("A severity is a number from 1 to 5.")]
    if cause and cause not in version.spec["causes"]:
        faults["cause"] = [_("Choose one of the scorecard's causes.")]
    for name, said in (("evidence", evidence), ("comment", comment)):
        if len(said) > _WORDS or "\x00" in said:
            faults[name] = [_("At most %(n)d characters, and no NUL.") % {"n": _WORDS}]
    if not 8 <= len(client_key) <= 64 or "\x00" in client_key:
        faults["client_key"] = [_("A key has 8 to 64 characters.")]
    if faults:
        raise Invalid(_("The scorecard does not fit."), fields=faults)


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: [sentence]})
