"""Readable, mild texts for a synthetic marketplace, each with the answer that the policy gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np

from .pictures.scenes import SIGNS
from .tongues import TONGUES

_GOODS = (
    "a folding bicycle", "a set of six chairs", "an oak desk", "a film camera", "a stroller", "a gaming laptop",
    "two concert tickets", "a winter coat", "a coffee grinder", "a tent for four", "a record player", "an e-reader",
    "a box of paperbacks", "a pair of skis", "a sewing machine", "a standing lamp", "a wetsuit", "a piano keyboard",
)  # fmt: skip
_STATES = ("hardly used", "in good order", "with a small scratch", "as new, in its box", "ten years old but fine")
_PLACES = ("near the station", "in the old town", "by the harbour", "next to the library", "on the north side")
_PRICES = (12, 18, 25, 40, 55, 80, 120, 150, 240, 360, 480, 650)

_PATTERNS: dict[str, tuple[str, ...]] = {
    "Allowed": (
        "Selling {good}, {state}. Pick-up {place}, {price} euros, cash or card when you collect.",
        "For sale: {good}. It is {state}. I ask {price} euros, a little less if you come this week.",
        "We are moving and {good} has to go. {state}, {price} euros, {place}. Happy to send more pictures.",
        "Looking to swap {good} ({state}) for something smaller. Worth about {price} euros.",
    ),
    "Spam": (
        "BEST PRICES!!! {good} and 500 other offers, new deals every hour, follow us and share for a bonus!!!",
        "Earn {price} a day from home, ask me how. Also {good}. Also check all my other 43 listings today.",
        "{good} {good} {good} cheap cheap cheap, click my profile for the catalogue, {price} {price} {price}",
        "Not a listing: my new channel about saving money. Subscribe and get a code. ({good} in every video.)",
    ),
    "Scam": (
        "{good}, {state}, only {price} euros because I am abroad. Pay half ahead by gift card, my cousin brings it.",
        "Reserved for you: {good}. Send {price} euros to my private account first; the platform's payment is broken.",
        "I buy {good} unseen. I send you a link, you fill in your card so that I can pay you {price} euros.",
        "{good} for {price} euros, shipping by my own courier. Write to me outside this site, the chat here is slow.",
    ),
    "Abuse": (
        "{good}, {price} euros. No questions from idiots, and if you were at my door last week: stay away, you clown.",
        "To the person who cancelled on {good}: you are a pathetic liar and everybody {place} should know it.",
        "Selling {good}. People from your part of town need not write, you never pay {price} euros anyway.",
        "Warning to all: the buyer of {good} is a waste of space. Let us all write to her until she leaves.",
    ),
}


def listing(label: str, rng: np.random.Generator, *, language: str = "en") -> str:
    """One listing whose true answer is `label`, in a market's language where it is one of `TONGUES`, else in English."""
    spoken = TONGUES.get(language)
    patterns, goods = (spoken.patterns[label], spoken.goods) if spoken else (_PATTERNS[label], _GOODS)
    said = patterns[rng.integers(len(patterns))].format(
        good=goods[rng.integers(len(goods))],
        state=_STATES[rng.integers(len(_STATES))],
        place=_PLACES[rng.integers(len(_PLACES))],
        price=_PRICES[rng.integers(len(_PRICES))],
    )
    return said[0].upper() + said[1:]


def label_of(said: str) -> str:
    """The true answer of a listing that `listing` wrote, or of what is seen in a `picture`; "Allowed" for anything else, which
    no rule of ours speaks of.
    """
    for label, patterns in _PATTERNS.items():
        seen = tuple(f"A photo of {{good}}; a sign says: {sign}." for sign in SIGNS.get(label, ()))
        abroad = tuple(pattern for tongue in TONGUES.values() for pattern in tongue.patterns[label])
        if any(pattern.fullmatch(said) for pattern in _read(patterns + seen + abroad)):
            return label
    return "Allowed"


def told_by(content: Mapping[str, Any]) -> str:
    """What an item says: its text, or what is seen in its picture."""
    return str(content.get("text") or content.get("alt") or "")


@cache
def _read(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    # The first letter is written large, and may belong to a blank that was filled.
    return tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(each)), re.IGNORECASE) for each in patterns)


_REMARKS: dict[str, tuple[str, ...]] = {
    "Allowed": ("Odd price, but nothing else wrong.", "Seller has a long history, looks fine."),
    "Spam": ("Third time today in nearly the same words.", "Links to a channel, no thing on offer."),
    "Scam": ("Wants money before anybody has seen it.", "Sends people outside the platform."),
    "Abuse": ("Names a buyer; harmful whatever it sells.", "Second listing against the same person."),
}
_VERDICT_REMARKS: dict[str, tuple[str, ...]] = {
    "Allowed": ("Nothing in the rules speaks against it.", "A low price alone is no violation."),
    "Spam": ("Rule 3: no thing is offered.", "The same words again and again."),
    "Scam": (
        "Rule 2: money ahead, without protection.",
        "Rule 2: pay outside the platform, and no earlier deal is shown.",
    ),
    "Abuse": ("Rule 1 comes before all others.", "An insult stays one when goods are offered too."),
}


def remark(label: str, rng: np.random.Generator) -> str:
    """What a moderator writes beside her answer: mostly nothing."""
    said = _REMARKS[label][rng.integers(len(_REMARKS[label]))]
    return said if rng.random() < 0.04 else ""


def verdict_remark(label: str, rng: np.random.Generator) -> str:
    """Why an auditor holds `label` to be right, where the first answer was another; sometimes she leaves it open."""
    said = _VERDICT_REMARKS[label][rng.integers(len(_VERDICT_REMARKS[label]))]
    return said if rng.random() < 0.6 else ""


POLICY_1 = """# Marketplace policy

Read the listing as a buyer would. Choose the **first** rule that fits.

## 1. Abuse
Insults, threats, or calls to harass a person or a group. The goods do not matter.

## 2. Scam
The seller or buyer tries to get money or card data in a way that leaves the other without protection:

- payment ahead by gift card, voucher or private transfer;
- links that ask for card data;
- a reason why the platform's payment cannot be used.

## 3. Spam
Not an offer of a thing: mass offers, calls to follow or subscribe, the same words again and again.

## 4. Allowed
Everything else. A low price, bad spelling or a poor picture is no violation.
"""

POLICY_2 = POLICY_1.replace(
    "- a reason why the platform's payment cannot be used.",
    "- a reason why the platform's payment cannot be used;\n"
    "- asking to talk or pay outside the platform, **unless** both have dealt with each other before.",
)

POLICY_2_CHANGED = "Scam: talk or payment outside the platform, with an exception for people who dealt before."

TONE_LABELS = ("Friendly", "Neutral", "Hostile")
_TONES: dict[str, tuple[str, ...]] = {
    "Friendly": (
        "Thanks for the quick answer about {good}, very kind of you!",
        "Lovely, I will come by {place} tomorrow and bring coffee.",
        "No hurry at all, {good} can wait. Have a good evening.",
    ),
    "Neutral": (
        "Is {good} still available?",
        "I can pay {price} euros. Collection {place}.",
        "Please send the measures of {good}.",
    ),
    "Hostile": (
        "{price} euros for that? You must be joking, what a waste of my time.",
        "I have asked twice about {good}. Are you too lazy to answer?",
        "Forget it. People like you ruin this site.",
    ),
}


def reply(tone: str, rng: np.random.Generator) -> str:
    """One reply whose tone, to an expert, is `tone`."""
    pattern = _TONES[tone][rng.integers(len(_TONES[tone]))]
    said = pattern.format(
        good=_GOODS[rng.integers(len(_GOODS))],
        place=_PLACES[rng.integers(len(_PLACES))],
        price=_PRICES[rng.integers(len(_PRICES))],
    )
    return said[0].upper() + said[1:]
