"""Questions about guidelines: those that wait for an answer, one with its item, and mine."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from evenkeel.ground.access import load, may, visible
from evenkeel.ground.pages import Nav, PageRequest, page, render
from evenkeel.ground.tables import ChoiceFilter, Column, Empty, PeriodFilter, Table, TextFilter
from evenkeel.ground.trying import tried

from .. import scopes
from ..acts.questions import answer_question, withdraw_question
from ..forms import AnswerBodyForm
from ..models import Question, Queue
from ..queries.desk import item_content_html
from ..queries.questions import answers_about_item, answers_told, own_questions, questions_of

_QUESTIONS = (gettext_lazy("Questions"), "/work/questions/")
_SHOWN = 100


@page(
    gettext_lazy("Questions"),
    name="work:questions",
    nav=Nav(section="work", icon="question", order=30, scope=scopes.QUESTION_VIEW),
)
def questions(request: PageRequest) -> HttpResponseBase:
    """Every question within reach; those that wait stand first."""
    queues = visible(request.actor, scopes.QUEUE_VIEW, Queue.objects.order_by("name"))
    table = Table(
        request,
        questions_of(request.actor),
        title=_("Questions"),
        columns=[
            Column("body", _("Question"), value=str, link=lambda each: each.get_absolute_url()),
            Column("policy.name", _("Guideline"), sort="policy__name"),
            Column("queue.name", _("Queue"), sort="queue__name"),
            Column("worker", _("Asked by"), kind="person"),
            Column("asked_at", _("When"), kind="moment", sort="asked_at"),
            Column("state", _("State"), kind="badge", value=_state, tone=_tone),
        ],
        filters=[
            TextFilter("q", _("Search questions"), fields=["body", "answer.body"]),
            _StateFilter("state", _("State"), choices=(("open", _("open")), ("answered", _("answered")))),
            ChoiceFilter("queue", _("Queue"), choices=lambda: [(each.pk, each.name) for each in queues]),
            PeriodFilter("asked", _("When"), field="asked_at"),
        ],
        default_sort="-asked_at",
        export_name="questions",
        empty=Empty(
            title=_("Nobody has asked yet"),
            body=_("At the desk a moderator presses A to ask how the guideline applies to the item before her."),
            icon="question",
        ),
    )
    return table.export() or render(request, "work/questions.html", {"table": table})


@page(gettext_lazy("Question"))
def question(request: PageRequest, question_id: UUID) -> HttpResponse:
    """One question beside its item; POST answers it."""
    found = _question(request, question_id)
    form = AnswerBodyForm(request.POST or None)
    if request.method == "POST":
        made = tried(form, lambda said: answer_question(request.actor, question=found, now=request.now, **said))
        if made is not None:
            messages.success(request, _("Answered. Everybody who met this item is told."))
            return redirect(found)
    sees_item = may(request.actor, scopes.ITEM_VIEW, found.item)
    context = {
        "question": found,
        "content": item_content_html(found.item) if sees_item else None,
        "item_url": found.item.get_absolute_url() if sees_item else "",
        "may_answer": found.is_open and may(request.actor, scopes.QUESTION_ANSWER, found),
        "is_own": found.worker_id == request.actor.worker_id,
        "earlier": [each for each in answers_about_item(found.item_id) if each.question_id != found.pk],
        "readers": found.answer.readers.count() if hasattr(found, "answer") else 0,
        "form": form,
    }
    return render(request, "work/question.html", context, crumbs=[_QUESTIONS], status=422 if form.errors else 200)


@require_POST
@page(gettext_lazy("Withdraw a question"))
def withdrawal(request: PageRequest, question_id: UUID) -> HttpResponse:
    """Take a question back."""
    withdraw_question(request.actor, question=_question(request, question_id), now=request.now)
    messages.success(request, _("Withdrawn. An item that was put aside is in your hands again."))
    return redirect("work:my-questions")


@page(
    gettext_lazy("My questions"),
    name="work:my-questions",
    nav=Nav(section="work", icon="help", order=16, scope=scopes.TASK_DECIDE),
)
def mine(request: PageRequest) -> HttpResponse:
    """What I asked, with the answers, and what others were answered about items that I met."""
    context = {"asked": own_questions(request.actor)[:_SHOWN], "told": answers_told(request.actor)[:_SHOWN]}
    return render(request, "work/my_questions.html", context)


def _question(request: PageRequest, question_id: UUID) -> Question:
    rows = Question.objects.select_related(
        "queue", "item", "policy__owner", "worker__organisation", "answer__answered_by__organisation"
    )
    is_own = rows.filter(pk=question_id, worker__person=request.actor.person_id).exists()
    return load(request.actor, scopes.QUESTION_OWN if is_own else scopes.QUESTION_VIEW, rows, question_id)


def _state(each: Question) -> str:
    if each.is_open:
        return _("open")
    return _("answered") if each.withdrawn_at is None else _("withdrawn")


def _tone(each: Question) -> str:
    return "warn" if each.is_open else "quiet"


class _StateFilter(ChoiceFilter):
    def narrow(self, rows: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return rows.filter(Q(withdrawn_at=None, answer=None) if value[0] == "open" else Q(answer__isnull=False))
