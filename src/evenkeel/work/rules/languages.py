"""Codes of languages, spelled one way: an item in a language that nobody can be found to speak would wait for ever."""

from __future__ import annotations

import re

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST = 12


def is_language(code: str) -> bool:
    """Whether it reads like a code such as de, pt-BR or zh-Hant-TW (BCP 47, the language in small letters).

    >>> [is_language(code) for code in ("de", "pt-BR", "zh-Hant-TW", "English", "DE", "klingon!")]
    [True, True, True, False, False, False]
    """
    return len(code) <= _LONGEST and _CODE.fullmatch(code) is not None
