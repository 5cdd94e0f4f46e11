"""Reading what programs send: JSON as its standard has it, and nothing that no table of ours could hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from evenkeel.ground.errors import Invalid

# Whole numbers beyond this fit neither database.
_LARGEST = 2**63 - 1


class Unfit(ValueError):
    """The body is no JSON that we can keep; the sentence says why."""


class StrictParser(Parser):
    """Refuses NaN, infinite and endless numbers, NUL and halves of characters; Python's own reader lets them in."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            text = request.body.decode()
            said = json.loads(text, parse_constant=_no_number, parse_int=_whole, parse_float=_number)
        except UnicodeDecodeError:
            raise Unfit(_("The body is not UTF-8.")) from None
        except json.JSONDecodeError as error:
            where = {"line": error.lineno, "column": error.colno}
            raise Unfit(_("The body is not JSON: line %(line)s, column %(column)s.") % where) from None
        except RecursionError:
            raise Unfit(_("The body is nested too deeply.")) from None
        # Only an escape can bring one of these into a string that was UTF-8.
        if "\\u" in text and any(not is_text(each) for each in _strings(said)):
            raise Unfit(_("A text holds NUL or half a character."))
        return said

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Any:
        for name, values in data.lists():
            if not all(is_text(value) for value in values if isinstance(value, str)):
                raise Invalid(_("The request does not fit."), fields={name: [_("It holds NUL or half a character.")]})
        return super().parse_querydict(data, list_fields, request)


def is_text(said: str) -> bool:
    """Whether every database can hold it."""
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in said


def _strings(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, list):
        for each in said:
            yield from _strings(each)
    elif isinstance(said, dict):
        yield from said
        for each in said.values():
            yield from _strings(each)


def _no_number(said: str) -> NoReturn:
    raise Unfit(_("%(said)s is no number in JSON.") % {"said": said})


def _whole(said: str) -> int:
    if len(said) > 20 or abs(int(said)) > _LARGEST:
        raise Unfit(_("A whole number is larger than 64 bits hold."))
    return int(said)


def _number(said: str) -> float:
    found = float(said)
    if not isfinite(found):
        raise Unfit(_("A number is larger than 64 bits hold."))
    return found
