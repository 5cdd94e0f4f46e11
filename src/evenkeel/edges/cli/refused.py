"""What the commands that only calculate share: a share as an option, and the kernel's ValueError as a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click

from .refusals import Refusal

_Options = ParamSpec("_Options")

SHARE = click.FloatRange(0, 1, min_open=True, max_open=True)


def refuses(command: Callable[_Options, None]) -> Callable[_Options, None]:
    """A ValueError of the kernel is a sentence about what was asked; let it out as a refusal with exit code 2."""

    @wraps(command)
    def run(*args: _Options.args, **options: _Options.kwargs) -> None:
        try:
            command(*args, **options)
        except ValueError as error:
            said = str(error)
            detail = said[:1].upper() + said[1:] + ("" if said.endswith(".") else ".")
            as_json = bool(options.get("as_json"))
            raise Refusal({"code": "input", "detail": detail, "fields": {}}, as_json=as_json) from None

    return run
