"""Answers of the API that thousands wait for at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from pydantic_core import to_json


def as_json(said: Mapping[str, Any]) -> HttpResponse:
    """The answer, written out once: we made it ourselves, so it is not checked against its own schema first."""
    return HttpResponse(to_json(said), content_type="application/json; charset=utf-8")
