"""The world that the walk walks in: our house, two vendors that must not see each other, and rows in every table.

What people do is done by acts. Tables that acts leave empty are filled row by row from their own columns, so that a new
table is walked from its first day; one that cannot be filled that way says so and is given a builder in `BUILDERS`.
Everything of the vendor North carries `MARK` in its words: a page that shows it to anybody of South is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from evenkeel.ground import jobs
from evenkeel.ground.access import Actor, reached_models
from evenkeel.ground.ids import uuid7
from evenkeel.people import (
    Organisation,
    Person,
    Role,
    Site,
    Team,
    Worker,
    actor_for,
    add_organisation,
    add_person,
    add_site,
    add_team,
    add_worker,
    give_grant,
    notify,
    switch_state,
)
from evenkeel.people.acts import add_worker_skill, ask_correction, issue_token

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MARK = "Nordlicht"
SYSTEM = Actor.system("test")
FORM = {
    "question": "Is it safe?",
    "fields": [
        {
            "name": "label",
            "kind": "single_choice",
            "title": "Answer",
            "required": True,
            "choices": [
                {"value": "Yes", "title": "Safe", "key": "1", "tone": "good"},
                {"value": "No", "title": "Unsafe", "key": "2", "tone": "bad"},
            ],
        },
        {"name": "comment", "kind": "text", "title": "Comment", "required": False},
    ],
    "main": "label",
}


@dataclass
class Vendor:
    """A vendor with one site, one team, and one person who works."""

    organisation: Organisation
    site: Site
    team: Team
    worker: Worker
    person: Person
    word: str


@dataclass
class World:
    """Everybody, and the rows of North by table."""

    house: Organisation
    owner: Person
    colleague: Person
    north: Vendor
    south: Vendor
    rows: dict[type[models.Model], models.Model] = field(default_factory=dict)

    def row(self, model: type[models.Model]) -> Any:
        """A row of this table that belongs to North, made when there is none."""
        if model not in self.rows:
            self.rows[model] = self._norths(model) or _make(model, self)
        return self.rows[model]

    def _norths(self, model: type[models.Model]) -> models.Model | None:
        path = reached_models().get(model, {}).get("organisation")
        rows = model._default_manager.all()
        return (rows.filter(**{path: self.north.organisation.pk}) if path else rows).order_by("pk").first()


def build() -> World:
    """The whole world, at `NOW`."""
    house = add_organisation(SYSTEM, name="House", is_house=True, now=NOW)
    roles = {role.slug: role for role in Role.objects.all()}
    owner = _person(house, "owner")
    add_worker(SYSTEM, organisation=house, code="owner", name="Olga Owner", person=owner, now=NOW)
    give_grant(SYSTEM, person=owner, role=roles["administrator"], now=NOW)
    colleague = _person(house, "colleague")
    add_worker(SYSTEM, organisation=house, code="colleague", name="Cora Colleague", person=colleague, now=NOW)
    give_grant(SYSTEM, person=colleague, role=roles["moderator"], now=NOW)
    north, south = _vendor(MARK), _vendor("Sudwind")
    for vendor in (north, south):
        # Everything there is, everywhere: what keeps them apart is the cut to their own organisation and nothing else.
        give_grant(SYSTEM, person=vendor.person, role=roles["administrator"], now=NOW)
    world = World(house=house, owner=owner, colleague=colleague, north=north, south=south)
    world.rows = {
        Organisation: north.organisation,
        Site: north.site,
        Team: north.team,
        Worker: north.worker,
        Person: north.person,
    }
    _work(world)
    _judge_all(world, NOW + timedelta(hours=1))
    jobs.run_all(NOW + timedelta(hours=2))
    for vendor in (north, south):
        _notice_and_explain(world, vendor, NOW + timedelta(hours=2))
        _define_and_aim(vendor, NOW + timedelta(hours=2))
    for model in reached_models():
        world.row(model)
    return world


def _person(organisation: Organisation, name: str) -> Person:
    return add_person(
        SYSTEM,
        organisation=organisation,
        email=f"{name.lower()}@{organisation.name.lower()}.example",
        name=f"{name} of {organisation.name}",
        password="x" * 14,
        now=NOW,
    )


def _vendor(word: str) -> Vendor:
    organisation = add_organisation(SYSTEM, name=word, now=NOW)
    site = add_site(SYSTEM, organisation=organisation, name=f"{word} site", time_zone="Europe/Oslo", now=NOW)
    team = add_team(SYSTEM, site=site, name=f"{word} team", now=NOW)
    person = _person(organisation, "Person")
    worker = add_worker(
        SYSTEM, organisation=organisation, code=f"{word}-1", name=f"{word} worker", team=team, person=person, now=NOW
    )
    add_worker_skill(SYSTEM, worker=worker, skill=f"{word} skill", since=NOW.date(), now=NOW)
    notify([person], title=f"{word} notice", url="/", now=NOW)
    actor = actor_for(person, now=NOW)
    expires_at = NOW + timedelta(days=3650)
    expires_at = min(expires_at, NOW + timedelta(days=365))
    issue_token(
        actor, person=person, name=f"{word} token", wanted=["people:profile:edit"], expires_at=expires_at, now=NOW
    )
    _spend_time(actor, worker, word)
    return Vendor(organisation=organisation, site=site, team=team, worker=worker, person=person, word=word)


# A hundredth of a second of silence: the smallest file that an item can show.
_SOUND = (
    b"RIFF\x74\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00@\x1f\x00\x00@\x1f\x00\x00\x01\x00\x08\x00"
    b"data\x50\x00\x00\x00" + b"\x80" * 80
)


def _spend_time(actor: Actor, worker: Worker, word: str) -> None:
    """At work since an hour ago, and not content with what the clock says."""
    began = NOW - timedelta(hours=1)
    switch_state(actor, worker=worker, state="production", now=began)
    ask_correction(
        actor, worker=worker, began_at=began, ended_at=NOW, state="meeting", reason=f"{word} reason", now=NOW
    )


def _work(world: World) -> None:
    """Three programmes: one of each vendor, one that both work in. Everybody decides; every decision is audited."""
    if not apps.is_installed("evenkeel.work"):
        return
    from evenkeel import work
    from evenkeel.policy import add_policy, publish_version

    for word, vendors in ((MARK, [world.north]), ("Sudwind", [world.south]), ("Shared", [world.north, world.south])):
        programme = work.add_programme(SYSTEM, name=f"{word} programme", about=f"{word} matters", now=NOW)
        for vendor in vendors:
            work.engage(SYSTEM, programme=programme, organisation=vendor.organisation, now=NOW)
        policy = add_policy(SYSTEM, name=f"{word} policy", now=NOW)
        publish_version(SYSTEM, policy=policy, body_markdown=f"# {word} rules", now=NOW)
        form = work.add_form(SYSTEM, programme=programme, name=f"{word} form", spec=FORM, now=NOW)
        queue = work.add_queue(
            SYSTEM, programme=programme, name=f"{word} queue", form=form, policy=policy, overlap=3, batch_size=2, undo_s=60,
            now=NOW,
        )  # fmt: skip
        items = [work.NewItem(key=f"{word}-{n}", content={"text": f"{word} text {n}"}) for n in range(4)]
        work.add_items(SYSTEM, programme=programme, items=items, now=NOW)
        work.add_media(SYSTEM, programme=programme, chunks=[_SOUND], now=NOW)
        work.fill_queue(SYSTEM, queue=queue, now=NOW)
        _audit_all(programme, word)
        for vendor in vendors:
            _decide(queue, vendor)
        if word == MARK:
            world.rows |= {type(each): each for each in (programme, policy, queue)}


def _decide(queue: Any, vendor: Vendor) -> None:
    from evenkeel import work

    actor = actor_for(vendor.person, now=NOW)
    work.set_desk_preference(actor, blur=True, now=NOW)
    leases = work.take_batch(actor, queue=queue, now=NOW)
    work.decide(
        actor,
        lease_id=leases[0].id,
        answer={"label": "No", "comment": f"{vendor.word} comment"},
        client_key=f"{vendor.word}-{queue.pk}",
        active_ms=4_000,
        now=NOW + timedelta(seconds=9),
    )


def _audit_all(programme: Any, word: str) -> None:
    if apps.is_installed("evenkeel.quality"):
        from evenkeel.quality import start_plan

        start_plan(SYSTEM, programme=programme, name=f"{word} plan", rate=1.0, salt=7, now=NOW)


def _judge_all(world: World, now: datetime) -> None:
    """Every drawn decision was wrong, says an auditor of the house."""
    if not apps.is_installed("evenkeel.quality"):
        return
    from evenkeel.quality import draw_due, give_verdict, take_audit

    draw_due(now)
    auditor = actor_for(world.owner, now=now)
    while task := take_audit(auditor, now=now):
        give_verdict(
            auditor, task_id=task.pk, answer={"label": "Yes"}, client_key=f"verdict-{task.pk}", active_ms=2_000, now=now
        )


def _notice_and_explain(world: World, vendor: Vendor, now: datetime) -> None:
    """A signal about the vendor's accuracy, and an investigation with a case of evidence."""
    if not apps.is_installed("evenkeel.improve"):
        return
    from evenkeel import improve
    from evenkeel.kernel import Estimate
    from evenkeel.measure import raise_signal
    from evenkeel.measure.models import Series
    from evenkeel.work import Programme

    series = Series.objects.create(
        metric="accuracy",
        kind="organisation",
        programme=Programme.objects.get(name=f"{vendor.word} programme"),
        organisation=vendor.organisation,
        target_id=vendor.organisation.pk,
        baseline_from_on=NOW.date() - timedelta(days=28),
    )
    signal = raise_signal(
        SYSTEM,
        series=series,
        where_name=vendor.word,
        side=-1,
        rule="limit",
        first_on=NOW.date(),
        last_on=NOW.date(),
        before=Estimate(0.95, 0.9, 0.98, 200, 200.0, "wilson"),
        after=Estimate(0.5, 0.2, 0.8, 10, 10.0, "wilson"),
        owner=world.owner,
        now=now,
    )
    owner = actor_for(world.owner, now=now)
    opened = improve.open_from_signal(owner, signal=signal, now=now)
    improve.draw_evidence(owner, investigation=opened, now=now)
    improve.add_note(owner, investigation=opened, body=f"{vendor.word} remark", now=now)


def _define_and_aim(vendor: Vendor, now: datetime) -> None:
    """A metric of the vendor's own, one that is retired, and a target."""
    if not apps.is_installed("evenkeel.measure"):
        return
    from evenkeel.measure import Said, define, retire, set_target

    said = Said(
        title=f"{vendor.word} metric", why=f"{vendor.word} why", better="up", guard="handle_time", fact="decisions",
        figure='share(label = "Yes")', rows=[{"label": "Yes"}, {"label": "No"}], expected=0.5,
    )  # fmt: skip
    slug = vendor.word.lower()
    define(SYSTEM, slug=slug, said=said, organisation=vendor.organisation, now=now)
    old = define(SYSTEM, slug=f"{slug}_old", said=said, organisation=vendor.organisation, now=now)
    retire(SYSTEM, definition=old, reason=f"{vendor.word} reason", now=now)
    set_target(
        SYSTEM, metric="accuracy", on=vendor.organisation, value=0.95, warning=0.93, critical=0.9,
        why=f"{vendor.word} contract", since_on=now.date(), now=now,
    )  # fmt: skip


# ------------------------------------------------------------------ rows that no act has made

_LIMITS = {"good": 0.95, "bad": 0.85, "risk_good": 0.05, "risk_bad": 0.1, "most": 200, "ended_at": None}
Builder = Callable[["World"], dict[str, Any]]
# Columns that a table's own checks want otherwise than the general rule would have them.
BUILDERS: dict[str, Builder] = {
    "improve.effectplan": lambda world: _effect_plan(world),
    # Words that everybody chooses from, partners too: they tell nothing of anybody.
    "improve.causewording": lambda _world: dict.fromkeys(("slug", "title", "why", "example"), "worn_labels"),
    "improve.validation": lambda _world: {"state": "open", "ended_at": None},
    "improve.effectcheck": lambda _world: _effect_check(),
    # Of an organisation or of a person, never of both.
    "measure.alarmbudget": lambda _world: {"person": None},
    "measure.signalchannel": lambda _world: {"person": None, "kind": "webhook", "closed_at": None},
    "measure.signalmessage": lambda _world: {"next_try_at": None},
    "measure.signalmember": lambda _world: (
        {"metric": "accuracy", "side": -1} | dict.fromkeys(("before", "after", "change"), _figure())
    ),
    "measure.dataproblem": lambda _world: {"metric": "accuracy", "gone_at": None},
    "measure.watch": lambda _world: {"metric": "accuracy", "ended_at": None},
    "policy.certificate": lambda _world: {"valid_until": None},
    "policy.changerequest": lambda _world: {"evidence": [{"title": f"{MARK} page", "url": "/improve/"}]},
    "policy.policyexample": lambda _world: {"ended_at": None},
    "quality.auditorrule": lambda _world: {"policy": None, "replaces": None},
    "quality.calibrationsession": lambda _world: {"deadline_at": NOW + timedelta(days=1), "ended_at": None},
    "quality.examplerequest": lambda _world: {"answered_at": None, "is_taken": None},
    "quality.exam": lambda _world: dict(_LIMITS),
    "quality.gate": lambda _world: dict(_LIMITS),
    "policy.sopversion": lambda _world: {
        "number": 1,
        "rows": [{"effect": "warn", "when": "label is Never", "message": f"{MARK} message"}],
    },
    "quality.auditcheck": lambda _world: {"stage": "second", "holder": None, "second": None, "closed_at": None},
    "quality.checkanswer": lambda _world: {"stage": "second"},
    "quality.scorecardversion": lambda _world: {
        "number": 1,
        "spec": {
            "sections": [{"name": "a", "title": MARK, "weight": 1, "points": []}],
            "causes": [],
            "pass_from": None,
        },
    },
    "quality.scoring": lambda _world: {"marks": {}, "parts": {}, "score": 1.0, "is_zeroed": False, "replaces": None},
    "work.sopfinding": lambda _world: {"rule": 1, "effect": "warn", "decision": None},
    "quality.mapping": lambda _world: {"importer": "csv"},
    "quality.mappingversion": lambda _world: {
        "spec": {"fields": {"item": "item", "worker": "worker", "label": "label"}, "values": {}, "options": _options()}
    },
    "quality.outsidereview": lambda _world: {"is_right": True, "error_class": ""},
    "quality.toolrun": lambda _world: {"importer": "csv", "file_name": f"{MARK}.csv"},
    "quality.acceptancescheme": lambda _world: {"aql": 1.0, "level": "II", "plan_type": "single", "ended_at": None},
    "quality.batch": lambda _world: {
        "lot": 100,
        "plan": {
            "code_letter": "F",
            "plan_type": "single",
            "sizes": [13],
            "accept": [0],
            "reject": [1],
            "looks_at_all": False,
        },
    },
    "quality.batchverdict": lambda _world: {"errors": [0]},
    # Nobody holds it: the one worker of North's that could decided it herself.
    "quality.dispute": lambda _world: {"holder": None, "held_until": None, "closed_at": None},
    "quality.followup": lambda _world: {"closed_at": None, "is_done": None, "kind": "gold"},
    "quality.integritylook": lambda _world: {"detector": "late_rush", "evidence": {"faster": 0.5}, "closed_at": None},
    "quality.planversion": lambda _world: {"number": 9, "design": {"rate": 1.0, "layers": []}},
    "quality.planframe": lambda _world: {"odds": {"rate": 1.0, "share": 1.0, "layers": []}},
    "work.restricteditem": lambda world: {"item": _spare_item(world)},
    "reports.tile": lambda _world: {"metric": "accuracy", "days": 28, "split_by": "queue", "exploration": None},
    "work.appealruling": lambda world: {"correction": None},
    "work.delivery": lambda world: {"next_try_at": None},
    "work.eventmode": lambda world: {"until": NOW + timedelta(days=1), "ended_at": None},
    "work.transfer": lambda world: {"format": "jsonl", "file_name": f"{MARK}.jsonl"},
    # In force: one that has ended has no page.
    "work.routingrule": lambda _world: {"ended_at": None, "condition": {"all": []}},
    # Of what was fitted to a programme, not of a scenario that comes along.
    "twin.whatifstudy": lambda _world: {"scenario": ""},
}


def _figure() -> dict[str, Any]:
    from evenkeel.kernel import wilson

    return wilson(9, 10).to_dict()


def _options() -> dict[str, Any]:
    from evenkeel.quality.tools.fields import OPTIONS

    return dict(OPTIONS)


def _effect_plan(world: World) -> dict[str, Any]:
    from evenkeel.improve.rules_plans import Frozen

    action = world.row(apps.get_model("improve.Action"))
    said = Frozen(
        metric="accuracy", better="up", unit="percent", scope={"programme": str(action.programme_id)},
        comparison="before_after", dimension="", changed=(), others=(), coached=0, aim="improve", least=0.0, expected=0.02,
        starts_on="2026-03-09", baseline_weeks=12, run_in_weeks=1, window_weeks=8, has_trend=False, extension_weeks=0,
        negative_control="", past={},
    )  # fmt: skip
    return {"document": said.written(), "metric": "accuracy", "starts_on": said.start, "until": said.until}


def _effect_check() -> dict[str, Any]:
    from evenkeel.kernel import Estimate

    return {
        "because": "few",
        "effect": Estimate.unknown(method="did").to_dict(),
        "found": {"looks": [], "course": {}, "study": []},
        "data": {"first_day": "2025-12-15", "units": [], "people": None, "control": [], "control_people": None},
        "benefit": {},
    }


def _spare_item(world: World) -> Any:
    """An item of North's that nobody has met: restricted, it is missing nowhere else."""
    items = apps.get_model("work.Item").objects.filter(programme__name=f"{MARK} programme", tasks__decided=0)
    return items.order_by("-id")[0]


def _make(model: type[models.Model], world: World) -> models.Model:
    """A row from the table's columns: words carry the mark, references lead to North, the rest is plain."""
    builder = BUILDERS.get(model._meta.label_lower)
    said = builder(world) if builder is not None else {}
    for column in model._meta.concrete_fields:
        if column.name not in said and column.attname not in said:
            said[column.name] = _value(model, column, world)
    try:
        with transaction.atomic():
            return model._default_manager.create(**said)
    except Exception as error:
        raise AssertionError(
            f"no row of {model._meta.label} could be made from its columns ({error}); "
            f"add {model._meta.label_lower!r} to BUILDERS in {__name__}"
        ) from error


def _value(model: type[models.Model], column: models.Field[Any, Any], world: World) -> Any:
    if isinstance(column, models.ForeignKey):
        target = column.related_model
        if target is model:
            return None
        is_ours = target._meta.app_label in settings.ROOMS
        return world.row(target) if is_ours else None
    if column.primary_key:
        return uuid7() if isinstance(column, models.UUIDField) else None
    if column.choices:
        return column.choices[0][0]
    if column.has_default() and not isinstance(column, (models.CharField, models.TextField)):
        return column.get_default()
    return _plain(column)


def _plain(column: models.Field[Any, Any]) -> Any:
    if isinstance(column, (models.CharField, models.TextField)):
        return f"{MARK} {column.name}"[: column.max_length]
    plain: dict[type[models.Field[Any, Any]], Any] = {
        models.DateTimeField: NOW,
        models.DateField: date(2026, 3, 2),
        models.BooleanField: False,
        models.UUIDField: uuid7(),
        models.JSONField: {},
        models.FloatField: 0.5,
    }
    return next((value for kind, value in plain.items() if isinstance(column, kind)), 1)
