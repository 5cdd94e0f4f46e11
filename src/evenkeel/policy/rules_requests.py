"""What a request for a change may say."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

LEAST, MOST, CLAUSE_LENGTH, MOST_PAGES = 10, 5_000, 160, 20


def check_sentence(field: str, text: str) -> str:
    """The text without blanks around it; `Invalid` when it is too short or too long."""
    text = text.strip()
    if not LEAST <= len(text) <= MOST or "\x00" in text:
        said = _("%(least)d to %(most)d characters.") % {"least": LEAST, "most": MOST}
        raise Invalid(_("Say it in a sentence."), fields={field: [said]})
    return text


def check_clause(text: str) -> str:
    """The clause's name or number, on one line; `Invalid` when it is too long."""
    text = text.strip()
    if len(text) > CLAUSE_LENGTH or "\x00" in text or "\n" in text:
        said = _("At most %(n)d characters.") % {"n": CLAUSE_LENGTH}
        raise Invalid(_("The clause is too long."), fields={"clause": [said]})
    return text


def check_evidence(pages: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Pages as title and address; `Invalid` for one that is neither on this site nor https, or for too many.

    >>> check_evidence([{"title": "The case", "url": "/work/items/7/"}])
    [{'title': 'The case', 'url': '/work/items/7/'}]
    """
    if len(pages) > MOST_PAGES:
        said = _("At most %(n)d pages.") % {"n": MOST_PAGES}
        raise Invalid(_("That is too much to read."), fields={"evidence": [said]})
    found = []
    for page in pages:
        url = str(page.get("url", "")).strip()
        # "//host" would leave this site, and any other scheme might run.
        is_own = url.startswith("/") and not url.startswith(("//", "/\\"))
        if not (is_own or url.startswith("https://")) or len(url) > 400 or any(mark in url for mark in "\x00\n\r "):
            raise Invalid(
                _("This is no page."),
                fields={"evidence": [_("An address on this site, or one that begins with https://.")]},
            )
        found.append({"title": str(page.get("title", "")).strip()[:200] or url, "url": url})
    return found
