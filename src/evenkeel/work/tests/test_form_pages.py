"""The pages of forms as the owner, a colleague with fewer rights, and a stranger from another partner."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from evenkeel.ground.errors import Invalid, NotNow
from evenkeel.people import Person
from evenkeel.work import AnswerForm, FormVersion
from evenkeel.work.acts.forms import revise_form
from evenkeel.work.kinds.answer import answer_kinds
from evenkeel.work.rules.form_changes import form_changes

from .factories import NOW, SPEC, SYSTEM, make_form, make_person, make_programme, make_vendor

pytestmark = pytest.mark.django_db
MORE: dict[str, Any] = {
    **SPEC,
    "question": "Is it safe?",
    "fields": [
        *SPEC["fields"],
        {**answer_kinds["multiple_choice"].example.field, "show_if": {"field": "label", "in": ["Yes"]}},
    ],
}


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def form() -> AnswerForm:
    return make_form(make_programme()).form


def addresses(form: AnswerForm) -> list[str]:
    programme = f"/work/programmes/{form.programme_id}/forms"
    return [f"/work/forms/{form.pk}/", f"/work/forms/{form.pk}/editing/", f"{programme}/writing/"]


def test_who_may_see_and_who_may_edit(form: AnswerForm) -> None:
    owner, colleague = make_person("quality_manager"), make_person("lead")
    stranger = make_person("quality_manager", make_vendor())
    seen = {
        person: [client_of(person).get(url).status_code for url in addresses(form)]
        for person in (owner, colleague, stranger)
    }
    assert seen == {owner: [200, 200, 200], colleague: [200, 403, 403], stranger: [404, 404, 404]}
    said = {"spec": json.dumps(MORE), "based_on": "1"}
    for person, status in ((colleague, 403), (stranger, 404)):
        assert client_of(person).post(addresses(form)[1], said).status_code == status
        check = f"/work/programmes/{form.programme_id}/forms/checking/"
        assert client_of(person).post(check, MORE, content_type="application/json").status_code == status
    assert form.versions.count() == 1


def test_the_next_version_is_published_and_compared(form: AnswerForm) -> None:
    owner = client_of(make_person("quality_manager"))
    page = owner.post(addresses(form)[1], {"spec": json.dumps(MORE), "based_on": "1"}, follow=True)
    assert form.versions.count() == 2
    assert "From version 1 to 2" in page.text
    assert "Is the last answer safe?" in page.text
    assert '<th scope="row">traits</th>' in page.text
    assert "nothing to compare" in owner.get(addresses(form)[0], {"new": "1"}).text
    assert owner.get(addresses(form)[0], {"old": "x", "new": "999"}).status_code == 200


def test_what_somebody_else_published_meanwhile_is_not_overwritten(form: AnswerForm) -> None:
    revise_form(SYSTEM, form=form, spec=MORE, based_on=1, now=NOW)
    with pytest.raises(NotNow, match="Version 2 was published"):
        revise_form(SYSTEM, form=form, spec=SPEC, based_on=1, now=NOW)
    with pytest.raises(NotNow, match="Nothing has changed"):
        revise_form(SYSTEM, form=form, spec=MORE, based_on=2, now=NOW)
    with pytest.raises(Invalid):
        revise_form(SYSTEM, form=form, spec={}, based_on=2, now=NOW)
    page = client_of(make_person("quality_manager")).post(
        addresses(form)[1], {"spec": json.dumps(SPEC), "based_on": "1"}
    )
    assert page.status_code == 422
    assert "published while you edited" in page.text


@pytest.mark.parametrize("spec", ["", "{", "[]", "null", "{}", '{"fields": [1]}', '{"fields": []}', "[" * 20_000])
def test_what_is_no_form_is_said_and_kept_for_the_next_try(form: AnswerForm, spec: str) -> None:
    owner = client_of(make_person("quality_manager"))
    page = owner.post(addresses(form)[1], {"spec": spec, "based_on": "²"})
    assert page.status_code == 422
    assert "was not published" in page.text
    check = owner.post(f"/work/programmes/{form.programme_id}/forms/checking/", spec, content_type="application/json")
    assert check.status_code == 200
    assert check.json()["faults"]


def test_a_new_form_has_a_name_of_its_own(form: AnswerForm) -> None:
    owner = client_of(make_person("quality_manager"))
    url = addresses(form)[2]
    assert owner.post(url, {"name": form.name, "spec": json.dumps(MORE)}).status_code == 422
    assert owner.post(url, {"name": " ", "spec": json.dumps(MORE)}).status_code == 422
    assert owner.post(url, {"name": "Second look", "spec": json.dumps(MORE)}).status_code == 302
    assert FormVersion.objects.get(form__name="Second look").number == 1


def test_moving_a_field_is_one_change() -> None:
    turned = {**SPEC, "fields": SPEC["fields"][::-1]}
    assert [change.what for change in form_changes(SPEC, turned)] == ["order of the fields"]
    assert form_changes(SPEC, SPEC) == []
