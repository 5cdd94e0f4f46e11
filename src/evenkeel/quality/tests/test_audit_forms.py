"""The form of an audit: a decision of any kind is judged by its label."""

from __future__ import annotations

import pytest

from evenkeel.quality.forms import audit_spec
from evenkeel.work import clean_answer, decide, take_batch
from evenkeel.work.kinds.answer import answer_kinds
from evenkeel.work.tests.factories import NOW, as_actor, make_form, make_person, make_programme, make_queue

pytestmark = pytest.mark.django_db


def test_a_ruling_is_audited_by_its_violation() -> None:
    programme = make_programme()
    fields = [dict(answer_kinds["policy_tree"].example.field), dict(answer_kinds["text_spans"].example.field)]
    form = make_form(programme, {"question": "What is it?", "main": "ruling", "fields": fields})
    actor = as_actor(make_person("moderator"))
    (lease,) = take_batch(actor, queue=make_queue(programme, form=form, items=1), now=NOW)
    ruling = {"violation": "violence", "clause": "threat", "severity": 3, "action": "remove"}
    spans = [{"start": 0, "end": 4, "label": "threat", "part": "turns.1"}]
    made = decide(
        actor, lease_id=lease.id, answer={"ruling": ruling, "spans": spans}, client_key="key-00000001", now=NOW
    )
    assert (made.label, made.answer["spans"][0]["quote"]) == ("violence", "With")
    spec = audit_spec(made)
    assert [field["kind"] for field in spec["fields"]] == ["single_choice", "text_spans"]
    assert clean_answer(spec, {"ruling": "none"}) == ({"ruling": "none"}, "none")
