"""Asking whoever owns the guideline, and answering once for everybody who met the item."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from evenkeel.ground.access import Actor
from evenkeel.ground.acts import act
from evenkeel.people import Person, Worker, notify

from .. import leases, scopes
from ..models import AnswerReader, Decision, Lease, Question, QuestionAnswer
from ..rules.texts import checked_text
from ..telling import people_of, without
from ..workers import insist_on_worker, own_lease


def ask(actor: Actor, *, lease_id: UUID, body: str, is_aside: bool = False, now: datetime) -> Question:
    """Ask how the guideline applies to an item in hand.

    `is_aside`: the item leaves her hands and her place at the task is kept until the answer comes; otherwise she keeps it
    and may decide meanwhile. `NotNow` when the lease has ended.
    """
    worker_id = insist_on_worker(actor)
    lease = own_lease(worker_id, lease_id)
    queue = lease.task.queue
    with act(scopes.TASK_DECIDE, actor, on=queue, now=now) as deed:
        worker = leases.lock_worker(worker_id)
        deed.require(queue.may_ask, _("In this queue nobody asks from the desk."), code="no-asking")
        body = checked_text(body, field="body")
        running = Lease.objects.filter(pk=lease.pk, ended_at=None).exists()
        deed.require(running, _("This item is no longer in your hands."), code="lapsed")
        if is_aside:
            leases.keep_place(lease, ending=Lease.ASIDE, now=now)
        made = Question.objects.create(
            programme_id=queue.programme_id,
            queue=queue,
            task_id=lease.task_id,
            item_id=lease.task.item_id,
            policy_id=queue.policy_id,
            form_version_id=lease.form_version_id,
            worker=worker,
            organisation_id=worker.organisation_id,
            body=body,
            is_aside=is_aside,
            asked_at=now,
        )
        title = _("A question about %(guideline)s waits for your answer") % {"guideline": queue.policy or queue.name}
        notify(without(_answerers(made, now), actor.person_id), title=title, url=made.get_absolute_url(), now=now)
        deed.record("asked", on=made, is_aside=is_aside)
        deed.tell("question.asked", question_id=made.id)
        return made


def answer_question(actor: Actor, *, question: Question, body: str, now: datetime) -> QuestionAnswer:
    """Answer a question, once. Whoever asked, decided about the item, or has it in hand is told."""
    with act(scopes.QUESTION_ANSWER, actor, on=question, now=now) as deed:
        body = checked_text(body, field="body")
        question = _locked(question)
        deed.require(question.withdrawn_at is None, _("The question was withdrawn."), code="withdrawn")
        is_first = not QuestionAnswer.objects.filter(question=question).exists()
        deed.require(is_first, _("The question has its answer already."), code="answered")
        made = QuestionAnswer.objects.create(
            question=question, body=body, answered_by_id=actor.person_id, answered_at=now
        )
        if question.is_aside:
            _hand_again(question, now)
        readers = list(_met(question))
        AnswerReader.objects.bulk_create(
            [AnswerReader(answer=made, worker=worker, told_at=now) for worker in readers], ignore_conflicts=True
        )
        _tell(question, readers, now)
        deed.record("answered", on=question, readers=len(readers))
        # An upper room may make an example or a change request of it.
        deed.tell("question.answered", question_id=question.id, answer_id=made.id)
        return made


def withdraw_question(actor: Actor, *, question: Question, now: datetime) -> Question:
    """Take one's own question back; an item that was put aside is in the same hands again. Twice changes nothing."""
    is_own = question.worker_id == actor.worker_id
    with act(scopes.QUESTION_OWN if is_own else scopes.QUESTION_ANSWER, actor, on=question, now=now) as deed:
        question = _locked(question)
        answered = QuestionAnswer.objects.filter(question=question).exists()
        deed.require(not answered, _("The question has its answer already."), code="answered")
        if question.withdrawn_at is None:
            question.withdrawn_at = now
            question.save(update_fields=["withdrawn_at"])
            if question.is_aside:
                _hand_again(question, now)
        deed.record("withdrawn", on=question)
        return question


def _locked(question: Question) -> Question:
    return Question.objects.select_for_update(of=("self",)).select_related("queue__policy__owner").get(pk=question.pk)


def _hand_again(question: Question, now: datetime) -> None:
    leases.hand_again(
        question.task_id,
        worker_id=question.worker_id,
        form_version_id=question.form_version_id,
        queue=question.queue,
        now=now,
    )


def _answerers(question: Question, now: datetime) -> list[Person]:
    policy = question.policy
    if policy is not None and policy.owner is not None and policy.owner.is_active:
        return [policy.owner]
    return people_of(scopes.QUESTION_ANSWER, programme=question.programme, now=now)


def _met(question: Question) -> list[Worker]:
    """Everybody who has an answer about the item that stands, or has it in hand; the asker first of all."""
    deciders = Decision.objects.filter(item=question.item_id, taken_back=None).values("worker")
    holders = Lease.objects.filter(task__item=question.item_id, ended_at=None).values("worker")
    found = Worker.objects.filter(Q(pk=question.worker_id) | Q(pk__in=deciders) | Q(pk__in=holders))
    return list(found.select_related("person").order_by("id"))


def _tell(question: Question, readers: list[Worker], now: datetime) -> None:
    said = {"queue": question.queue.name}
    asker = [each.person for each in readers if each.person and each.pk == question.worker_id]
    others = [each.person for each in readers if each.person and each.pk != question.worker_id]
    notify(asker, title=_("Your question in %(queue)s was answered") % said, url="/work/questions/mine/", now=now)
    title = _("A question about an item you met in %(queue)s was answered") % said
    notify(others, title=title, url="/work/questions/mine/", now=now)
