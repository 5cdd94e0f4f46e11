"""Who may be handed something from a queue: every rule with what it found and how to put it right, on plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenkeel.people import wrong_languages


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule: does it let the person through, what was found, and what would put it right."""

    slug: str
    title: str
    passed: bool
    found: str
    fix: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a queue asks of people."""

    is_open: bool
    languages: Collection[str] = ()
    skills: Collection[str] = ()
    certifications: Collection[str] = ()
    day_cap: int | None = None


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What a person brings. `skills` and `certifications` are those in force today."""

    languages: Collection[str]
    skills: Collection[str] = ()
    certifications: Collection[str] = ()
    # Of certifications that policy keeps: those that are no longer in force, why and since when; and which it keeps at all.
    lapsed: Mapping[str, tuple[str, datetime | None]] = field(default_factory=dict)
    certified_by_policy: Collection[str] = ()
    left_on: date | None = None
    # Why a gate keeps her from the queue, and her way back; empty while none does.
    routed_away: tuple[str, str] | None = None
    # Decisions that stand today and items in hand, in this queue; counted only where the queue has a cap.
    had_today: int = 0


def check_person(asked: Asked, brought: Brought, *, today: date) -> list[Check]:
    """Every rule about queue and person, in the order in which hand-out asks them."""
    return [
        _open(asked),
        _present(brought, today),
        _language(asked, brought),
        _all_of("skill", _("Skills"), asked.skills, brought.skills),
        _certified(asked, brought),
        _let_through(brought),
        _cap(asked, brought),
    ]


def why_not_handed(asked: Asked, brought: Brought, *, today: date) -> Check | None:
    """The first rule that keeps a person from the queue whatever waits there; None when nothing stands against it."""
    if is_let_through(asked, brought, today=today):
        return None
    return next((check for check in check_person(asked, brought, today=today) if not check.passed), None)


def is_let_through(asked: Asked, brought: Brought, *, today: date) -> bool:
    """Whether every rule lets a person through; without a word about it, because every hand-out asks."""
    return (
        asked.is_open
        and _is_present(brought, today)
        and _is_understood(asked, brought)
        and set(asked.skills) <= set(brought.skills)
        and set(asked.certifications) <= set(brought.certifications)
        and brought.routed_away is None
        and _is_below_cap(asked, brought)
    )


def left_of_cap(asked: Asked, brought: Brought) -> int | None:
    """How many more the day's cap lets a person have; None without a cap."""
    return None if asked.day_cap is None else max(0, asked.day_cap - brought.had_today)


def _open(asked: Asked) -> Check:
    found = _("This queue is open.") if asked.is_open else _("This queue is closed.")
    return Check(
        slug="open", title=_("Open"), passed=asked.is_open, found=found, fix=_("Reopen the queue on its page.")
    )


def _is_present(brought: Brought, today: date) -> bool:
    return brought.left_on is None or brought.left_on >= today


def _is_understood(asked: Asked, brought: Brought) -> bool:
    return not asked.languages or bool(set(asked.languages) & set(brought.languages))


def _is_below_cap(asked: Asked, brought: Brought) -> bool:
    return asked.day_cap is None or brought.had_today < asked.day_cap


def _present(brought: Brought, today: date) -> Check:
    passed = _is_present(brought, today)
    found = (
        _("No last day has passed.")
        if passed
        else _("The time with us has ended; items are handed out to present workers only.")
    )
    return Check(
        slug="present",
        title=_("Present"),
        passed=passed,
        found=found,
        fix=_("If the last day on the worker's record is wrong, have it corrected."),
    )


def _language(asked: Asked, brought: Brought) -> Check:
    passed = _is_understood(asked, brought)
    if passed:
        found = _("The queue asks for no language.") if not asked.languages else _("One of the languages is spoken.")
    else:
        found = _("This queue asks for %(languages)s; the worker's record says %(spoken)s.") % {
            "languages": ", ".join(sorted(asked.languages)),
            "spoken": ", ".join(sorted(brought.languages)) or _("none"),
        }
        found = " ".join([found, *wrong_languages(brought.languages)])
    return Check(
        slug="language",
        title=_("Language"),
        passed=passed,
        found=found,
        fix=_("Add the language to the worker's record if it is spoken, or take it from the queue's settings."),
    )


def _all_of(slug: str, title: str, asked: Collection[str], brought: Collection[str]) -> Check:
    missing = sorted(set(asked) - set(brought))
    if not asked:
        found = _("None is asked.")
    elif missing:
        found = _("This queue asks for %(missing)s, which is not in force on the worker's record.") % {
            "missing": ", ".join(missing)
        }
    else:
        found = _("All that are asked are in force.")
    fix = (
        _("Note the skill on the worker's page, or take it from the queue's settings.")
        if slug == "skill"
        else _("Note it on the worker's page as a skill with the day on which it lapses, once it has been passed.")
    )
    return Check(slug=slug, title=title, passed=not missing, found=found, fix=fix)


def _certified(asked: Asked, brought: Brought) -> Check:
    check = _all_of("certification", _("Certifications"), asked.certifications, brought.certifications)
    missing = [name for name in sorted(set(asked.certifications)) if name not in brought.certifications]
    kept = [name for name in missing if name in brought.certified_by_policy]
    if not kept:
        return check
    found = [_lapse_words(name, *brought.lapsed.get(name, ("", None))) for name in kept]
    others = [name for name in missing if name not in kept]
    return replace(
        check,
        found=" ".join([*found, *([check.found] if others else [])]),
        fix=_("Certify her on the certification's page once she has passed it, or take it from the queue's settings."),
    )


def _lapse_words(name: str, lapse: str, at: datetime | None) -> str:
    said = {"name": name, "at": f"{at:%Y-%m-%d %H:%M} UTC" if at else ""}
    sentences = {
        "expired": _("The certification %(name)s lapsed at %(at)s."),
        "replaced": _("The certification %(name)s lapsed at %(at)s, with a new version of its guideline."),
        "withdrawn": _("The certification %(name)s was withdrawn at %(at)s."),
        "ahead": _("The certification %(name)s begins only at %(at)s."),
    }
    return sentences.get(lapse, _("This queue asks for the certification %(name)s, which she has never held.")) % said


def _let_through(brought: Brought) -> Check:
    why, way_back = brought.routed_away or (_("No gate keeps the worker from this queue."), "")
    return Check(slug="gate", title=_("Gates"), passed=brought.routed_away is None, found=why, fix=way_back)


def _cap(asked: Asked, brought: Brought) -> Check:
    passed = _is_below_cap(asked, brought)
    if asked.day_cap is None:
        found = _("The queue has no cap.")
    else:
        found = ngettext(
            "%(n)d of %(cap)d for today was handed out.",
            "%(n)d of %(cap)d for today were handed out.",
            brought.had_today,
        ) % {"n": brought.had_today, "cap": asked.day_cap}
    return Check(
        slug="cap",
        title=_("Daily cap"),
        passed=passed,
        found=found,
        fix=_("It begins anew at midnight where she works. Raise the cap in the queue's settings if it is too low."),
    )
