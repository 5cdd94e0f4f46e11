"""Languages: Unicode's names, in the reader's own language, and the codes that people's words surely mean."""

from __future__ import annotations

from django.utils.translation import override

from evenkeel.people.rules.languages import code_said, is_language, language_name, languages, nearest_code


def test_a_reader_finds_languages_by_their_names_in_her_own() -> None:
    with override("zh-hans"):
        assert dict(languages())["de"] == language_name("de") == "德语"
        assert code_said("德语") == code_said("German") == code_said("Deutsch") == "de"
    with override("de"):
        assert language_name("zh-Hant-TW").startswith("Chinesisch")
        assert nearest_code("Portugisisch") == "pt"


def test_words_that_lists_of_people_say_are_still_known() -> None:
    said = ("Mandarin", "Farsi", "Flemish", "Bengali", "Maori", "pt_br", "Brazilian Portuguese", "Elvish")
    assert [code_said(each) for each in said] == ["zh", "fa", "nl", "bn", "mi", "pt-BR", "pt-BR", ""]
    assert [is_language(each) for each in ("yue", "zh-Hant-TW", "xx", "DE")] == [True, True, False, False]
    assert all(is_language(code) for code, _name in languages())
