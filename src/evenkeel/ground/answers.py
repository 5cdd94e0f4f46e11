"""Answers of the API that thousands wait for at once."""

from __future__ import annotations

from django.http import HttpResponse
from pydantic import BaseModel


def as_json(said: BaseModel) -> HttpResponse:
    """The answer, written out once: we made it ourselves, so it is not checked against its own schema again."""
    return HttpResponse(said.model_dump_json(), content_type="application/json; charset=utf-8")
