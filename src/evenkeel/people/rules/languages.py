"""Languages by codes (BCP 47) and names, spelled one way: "English" on a record never meets a queue that asks for `en`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

# ISO 639-1, whole, with the names of the standard; and those of three letters that moderation asks for often.
_ISO = """aa Afar|ab Abkhazian|ae Avestan|af Afrikaans|ak Akan|am Amharic|an Aragonese|ar Arabic|as Assamese|av Avaric
ay Aymara|az Azerbaijani|ba Bashkir|be Belarusian|bg Bulgarian|bi Bislama|bm Bambara|bn Bengali|bo Tibetan|br Breton
bs Bosnian|ca Catalan|ce Chechen|ch Chamorro|co Corsican|cr Cree|cs Czech|cu Church Slavic|cv Chuvash|cy Welsh|da Danish
de German|dv Divehi|dz Dzongkha|ee Ewe|el Greek|en English|eo Esperanto|es Spanish|et Estonian|eu Basque|fa Persian|ff Fulah
fi Finnish|fj Fijian|fo Faroese|fr French|fy Western Frisian|ga Irish|gd Scottish Gaelic|gl Galician|gn Guarani|gu Gujarati
gv Manx|ha Hausa|he Hebrew|hi Hindi|ho Hiri Motu|hr Croatian|ht Haitian|hu Hungarian|hy Armenian|hz Herero|ia Interlingua
id Indonesian|ie Interlingue|ig Igbo|ii Sichuan Yi|ik Inupiaq|io Ido|is Icelandic|it Italian|iu Inuktitut|ja Japanese
jv Javanese|ka Georgian|kg Kongo|ki Kikuyu|kj Kuanyama|kk Kazakh|kl Kalaallisut|km Khmer|kn Kannada|ko Korean|kr Kanuri
ks Kashmiri|ku Kurdish|kv Komi|kw Cornish|ky Kyrgyz|la Latin|lb Luxembourgish|lg Ganda|li Limburgish|ln Lingala|lo Lao
lt Lithuanian|lu Luba-Katanga|lv Latvian|mg Malagasy|mh Marshallese|mi Maori|mk Macedonian|ml Malayalam|mn Mongolian
mr Marathi|ms Malay|mt Maltese|my Burmese|na Nauru|nb Norwegian Bokmål|nd North Ndebele|ne Nepali|ng Ndonga|nl Dutch
nn Norwegian Nynorsk|no Norwegian|nr South Ndebele|nv Navajo|ny Chichewa|oc Occitan|oj Ojibwa|om Oromo|or Odia|os Ossetian
pa Punjabi|pi Pali|pl Polish|ps Pashto|pt Portuguese|qu Quechua|rm Romansh|rn Rundi|ro Romanian|ru Russian|rw Kinyarwanda
sa Sanskrit|sc Sardinian|sd Sindhi|se Northern Sami|sg Sango|si Sinhala|sk Slovak|sl Slovenian|sm Samoan|sn Shona|so Somali
sq Albanian|sr Serbian|ss Swati|st Southern Sotho|su Sundanese|sv Swedish|sw Swahili|ta Tamil|te Telugu|tg Tajik|th Thai
ti Tigrinya|tk Turkmen|tl Tagalog|tn Tswana|to Tonga|tr Turkish|ts Tsonga|tt Tatar|tw Twi|ty Tahitian|ug Uyghur|uk Ukrainian
ur Urdu|uz Uzbek|ve Venda|vi Vietnamese|vo Volapük|wa Walloon|wo Wolof|xh Xhosa|yi Yiddish|yo Yoruba|za Zhuang|zh Chinese
zu Zulu|ast Asturian|ceb Cebuano|ckb Central Kurdish|fil Filipino|yue Cantonese|pt-BR Portuguese (Brazil)
pt-PT Portuguese (Portugal)|zh-Hans Chinese (simplified)|zh-Hant Chinese (traditional)|en-GB English (United Kingdom)
en-US English (United States)|es-419 Spanish (Latin America)|es-MX Spanish (Mexico)|fr-CA French (Canada)"""
_NAMES = dict(each.split(" ", 1) for line in _ISO.splitlines() for each in line.split("|"))
# Words that lists of people say for these.
_ALSO = {
    "mandarin": "zh", "farsi": "fa", "castilian": "es", "flemish": "nl", "bangla": "bn", "bokmål": "nb", "nynorsk": "nn",
    "brazilian portuguese": "pt-BR", "simplified chinese": "zh-Hans", "traditional chinese": "zh-Hant", "burmese": "my",
    "british english": "en-GB", "american english": "en-US", "pilipino": "fil", "oriya": "or", "uighur": "ug",
}  # fmt: skip
_CODE = re.compile(r"([a-z]{2,3})(-[A-Za-z0-9]{2,8})*")
_LONGEST = 12


def languages() -> list[tuple[str, str]]:
    """Codes and names, by name; for lists to choose from. Names are the standard's own, in English."""
    return sorted(_NAMES.items(), key=lambda each: each[1].casefold())


def language_name(code: str) -> str:
    """A code's name, where it is known; the code itself otherwise."""
    return _NAMES.get(code, code)


def is_language(code: str) -> bool:
    """Whether it is a code such as de, pt-BR or zh-Hant-TW (BCP 47, the language in small letters, two of them ISO 639-1's).

    >>> [is_language(code) for code in ("de", "pt-BR", "zh-Hant-TW", "yue", "English", "DE", "xx", "klingon!")]
    [True, True, True, True, False, False, False, False]
    """
    found = _CODE.fullmatch(code) if len(code) <= _LONGEST else None
    return found is not None and (len(found[1]) == 3 or found[1] in _NAMES)


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


@cache
def _by_name() -> dict[str, str]:
    """Codes by name in small letters: the standard's, the languages' own, and the usual others."""
    own = {
        said[name].casefold(): code
        for code, said in LANG_INFO.items()
        for name in ("name", "name_local")
        if name in said and code in _NAMES
    }
    return own | _ALSO | {name.casefold(): code for code, name in _NAMES.items()}
