"""Languages by codes (BCP 47) and names, spelled one way: "English" on a record never meets a queue that asks for `en`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from django.conf.locale import LANG_INFO
from django.utils.translation import get_language
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from babel import Locale

# Words that lists of people say, and names of the standard that Unicode's list (CLDR, by Babel) spells otherwise.
_ALSO = {
    "mandarin": "zh", "farsi": "fa", "castilian": "es", "flemish": "nl", "bokmål": "nb", "nynorsk": "nn", "pilipino": "fil",
    "oriya": "or", "uighur": "ug", "bengali": "bn", "fulah": "ff", "haitian": "ht", "maori": "mi", "chichewa": "ny",
    "ossetian": "os", "tonga": "to",
}  # fmt: skip
_CODE = re.compile(r"([a-z]{2,3})(-[A-Za-z0-9]{2,8})*")
_LONGEST = 12


def languages() -> list[tuple[str, str]]:
    """Codes and names, by name, in the reader's language; for lists to choose from.

    Those of two letters, those of three that software is translated into, and those with a country or script of their own.
    """
    from babel import localedata

    named = {
        code.replace("_", "-"): name
        for code, name in _names().items()
        if len(code) == 2 or "_" in code or localedata.exists(code)
    }
    return sorted(named.items(), key=lambda each: each[1].casefold())


def language_name(code: str) -> str:
    """A code's name in the reader's language, where it is known; the code itself otherwise.

    >>> [language_name(code) for code in ("de", "pt-BR", "zh-Hant-TW", "xx")]
    ['German', 'Brazilian Portuguese', 'Chinese (Traditional, Taiwan)', 'xx']
    """
    names = _names()
    if whole := names.get(code.replace("-", "_")):
        return whole
    first, *rest = code.split("-")
    if first not in names:
        return code
    locale = _locale(get_language() or "en")
    inside = ", ".join(locale.scripts.get(part) or locale.territories.get(part) or part for part in rest)
    return f"{names[first]} ({inside})" if inside else names[first]


def is_language(code: str) -> bool:
    """Whether it is a code such as de, pt-BR or zh-Hant-TW (BCP 47, the language in small letters, two of them ISO 639-1's).

    >>> [is_language(code) for code in ("de", "pt-BR", "zh-Hant-TW", "yue", "English", "DE", "xx", "klingon!")]
    [True, True, True, True, False, False, False, False]
    """
    found = _CODE.fullmatch(code) if len(code) <= _LONGEST else None
    return found is not None and (len(found[1]) == 3 or found[1] in _english())


def code_said(said: str) -> str:
    """The code that a text surely means, by the language's name or by another spelling of the code; "" when none is sure.

    >>> [code_said(text) for text in ("English", "Deutsch", "DE", "pt_br", "Brazilian Portuguese", "Elvish")]
    ['en', 'de', 'de', 'pt-BR', 'pt-BR', '']
    """
    plain = " ".join(said.split()).casefold()
    if plain in _by_name():
        return _by_name()[plain]
    first, *rest = plain.replace("_", "-").split("-")
    made = "-".join([first, *(part.title() if len(part) == 4 else part.upper() for part in rest)])
    return made if is_language(made) else ""


def nearest_code(said: str) -> str:
    """The code that was most likely meant, for a proposal; "" when nothing comes near.

    >>> [nearest_code(text) for text in ("Germann", "english", "Portugese", "??")]
    ['de', 'en', 'pt', '']
    """
    sure = code_said(said)
    if sure:
        return sure
    near = difflib.get_close_matches(said.strip().casefold(), _by_name(), n=1, cutoff=0.75)
    return _by_name()[near[0]] if near else ""


def wrong_language(said: str) -> str:
    """Why a text is no code of a language, with the nearest one; "" when it is a code."""
    if is_language(said):
        return ""
    what = _("“%(said)s” is no code of a language such as de or pt-BR.") % {"said": said[:40]}
    near = nearest_code(said)
    if not near:
        return what
    return f"{what} " + _("Did you mean %(code)s (%(name)s)?") % {"code": near, "name": language_name(near)}


def wrong_languages(said: Iterable[str]) -> list[str]:
    """What is wrong with a list of codes; empty when nothing is."""
    return [fault for each in said if (fault := wrong_language(each))]


def with_codes(said: Iterable[str]) -> list[str]:
    """A list as people typed it, with a code for each that surely names a language; the others as they are, none twice.

    >>> with_codes(["English", "en", "Elvish"])
    ['en', 'Elvish']
    """
    return list(dict.fromkeys(each if is_language(each) else code_said(each) or each for each in said))


def _by_name() -> Mapping[str, str]:
    """Codes by name in small letters: English, the reader's, the languages' own, and the usual others."""
    return _by_name_in(get_language() or "en")


@cache
def _by_name_in(reader: str) -> dict[str, str]:
    own = {
        said[name].casefold(): code
        for code, said in LANG_INFO.items()
        for name in ("name", "name_local")
        if name in said and code in _english()
    }
    told = {
        name.casefold(): code.replace("_", "-")
        for names in (_locale(reader).languages, _english())
        for code, name in names.items()
    }
    return own | told | _ALSO


def _names() -> Mapping[str, str]:
    """Names by code as Unicode writes codes (pt_BR), in the reader's language, in English where it has none."""
    return _names_in(get_language() or "en")


@cache
def _names_in(reader: str) -> dict[str, str]:
    return {**_english(), **_locale(reader).languages}


@cache
def _english() -> dict[str, str]:
    return dict(_locale("en").languages)


@cache
def _locale(reader: str) -> Locale:
    # Loaded when first asked for: most commands name no language.
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
