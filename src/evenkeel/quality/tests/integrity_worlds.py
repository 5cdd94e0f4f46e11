"""Made-up people for each detector, ordinary and with planted behaviour, as the summed rows that it judges.

Ordinary people differ: in speed, skill, days, luck of the draw, what they skip. None of the detectors' bounds is used here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from evenkeel.quality.rules.integrity import reading_ms

Rows = dict[str, Any]
DAYS = 20


def names(n: int) -> npt.NDArray[np.str_]:
    """p0000, p0001 ..."""
    return np.array([f"p{number:05}" for number in range(n)])


def readings(people: int, rng: np.random.Generator, planted: npt.NDArray[np.bool_]) -> Rows:
    """120 texts a day of unlike length; readers differ by a factor of two in speed. Planted: a third is not looked at."""
    n, a_day = people * DAYS, 120
    who = np.repeat(np.arange(people), DAYS)
    speed = rng.normal(0, 0.35, people)[who] + rng.normal(0, 0.1, n)
    unread = np.zeros(n)
    for _part in range(4):  # a quarter of the day at a time keeps memory small
        chars = np.minimum(rng.lognormal(5.2, 0.8, (n, a_day // 4)), 1_500)
        # What it takes: a start, and reading at some 25 characters a second, with much luck in it.
        seconds = np.exp(np.log(2.0 + chars / 25) + speed[:, None] + rng.normal(0, 0.5, chars.shape))
        is_blind = planted[who][:, None] & (rng.random(chars.shape) < 0.33)
        seconds = np.where(is_blind, rng.uniform(0.4, 1.2, chars.shape), seconds)
        unread += (seconds * 1000 < reading_ms(chars)).sum(axis=1)
    return {"worker": names(people)[who], "n": np.full(n, a_day), "unread": unread}


def shift_ends(people: int, rng: np.random.Generator, planted: npt.NDArray[np.bool_]) -> Rows:
    """Everybody gets 8 % faster towards the end, each a little differently, every day. Planted: takes half of the time."""
    who = np.repeat(np.arange(people), DAYS)
    late, early = rng.poisson(12, who.size), rng.poisson(95, who.size)
    own = rng.normal(-0.08, 0.08, people) + np.where(planted, np.log(0.5), 0.0)
    noise = 0.6 * rng.standard_t(6, who.size) / np.sqrt(np.maximum(late, 1))
    change = own[who] + rng.normal(0, 0.12, who.size) + noise
    return {"worker": names(people)[who], "late_n": late, "early_n": early, "change": change}


def pairs(people: int, rng: np.random.Generator, planted: npt.NDArray[np.bool_]) -> Rows:
    """250 items shared within minutes with each of two neighbours, 400 with people apart; a fifth of items is hard, and hard
    ones have a wrong answer that tempts. Planted: takes over three quarters of one neighbour's answers."""
    skill = rng.lognormal(0, 0.4, people)
    near = [(at, (at + step) % people) for at in range(people) for step in (1, 2)]
    apart = [(at, (at + step) % people) for at in range(people) for step in (37, 53, 71, 97)]
    first, second, is_near = (
        np.array(each) for each in zip(*[(*p, True) for p in near], *[(*p, False) for p in apart], strict=True)
    )
    a, b, close = (np.repeat(each, np.where(is_near, 250, 100)) for each in (first, second, is_near.astype(bool)))
    is_hard, tempting = rng.random(a.size) < 0.2, rng.integers(1, 5, a.size)
    said_a, said_b = (_answers(rng, skill[who], is_hard, tempting) for who in (a, b))
    copies = planted[a] & close & ((b - a) % people == 1) & (rng.random(a.size) < 0.75)
    said_a = np.where(copies, said_b, said_a)
    wrong_a, wrong_b = said_a > 0, said_b > 0
    share = (np.bincount(a, wrong_a, people) + np.bincount(b, wrong_b, people)) / (
        np.bincount(a, minlength=people) + np.bincount(b, minlength=people)
    )
    q = np.bincount(np.concatenate([said_a[wrong_a], said_b[wrong_b]]), minlength=5)
    meets = float(((q / q.sum()) ** 2).sum())
    key = (a * people + b) * 2 + close
    found, at = np.unique(key, return_inverse=True)
    return {
        "worker": names(people)[found // 2 // people],
        "neighbour": names(people)[found // 2 % people],
        "is_near": found % 2 == 1,
        "n": np.bincount(at),
        "same_wrong": np.bincount(at, (said_a == said_b) & wrong_a),
        "expected": np.bincount(at, share[a] * share[b] * meets),
    }


def _answers(rng: np.random.Generator, skill: Any, is_hard: Any, tempting: Any) -> npt.NDArray[np.int64]:
    """0 is right. Wrong ones are the tempting one three times of four."""
    chance = np.minimum(np.where(is_hard, 0.3, 0.04) * skill, 0.9)
    wrong = np.where(rng.random(chance.size) < 0.75, tempting, rng.integers(1, 5, chance.size))
    return np.where(rng.random(chance.size) < chance, wrong, 0).astype(np.int64)


def golds(people: int, rng: np.random.Generator, planted: npt.NDArray[np.bool_]) -> Rows:
    """120 golden items and 100 audits; golden items are a little easier, for each differently. Planted: knows them, and is
    right on three of four otherwise."""
    ordinary = 1 / (1 + np.exp(-rng.normal(2.3, 0.5, people)))
    gold = 1 / (1 + np.exp(-(np.log(ordinary / (1 - ordinary)) + rng.normal(0.3, 0.3, people))))
    ordinary, gold = np.where(planted, 0.75, ordinary), np.where(planted, 0.985, gold)
    return {
        "worker": names(people),
        "golds": np.full(people, 120),
        "gold_right": rng.binomial(120, gold),
        "audits": np.full(people, 100),
        "audit_right": rng.binomial(100, ordinary),
        "slower": np.full(people, np.nan),
    }


def skips(people: int, rng: np.random.Generator, planted: npt.NDArray[np.bool_]) -> Rows:
    """Sixty skipped beside 2,400; what is hard is skipped half again as readily, by some twice. Planted: twelve times."""
    times = rng.lognormal(np.log(1.5), 0.3, people) * np.where(planted, 8.0, 1.0)
    hard = rng.uniform(0.2, 0.3, people)
    odds = hard / (1 - hard) * times
    n = rng.poisson(60, people)
    return {
        "worker": names(people),
        "skips": n,
        "skipped_hard": rng.binomial(n, odds / (1 + odds)),
        "decided": np.full(people, 2_400),
        "decided_hard": rng.binomial(2_400, hard),
    }


def findings(people: int, rng: np.random.Generator, planted: npt.NDArray[np.bool_]) -> Rows:
    """500 audits in two of many plans and queues with eight auditors each; auditors see 70 to 98 % of errors, and chance gives
    some of them better work. Planted: sees one error in twenty."""
    cells = max(people // 4, 2)
    wrong = rng.uniform(0.04, 0.12, cells)
    who = np.repeat(np.arange(people), 2)
    cell = (who + np.tile([0, 1], people) * 3) % cells
    sees = np.where(planted, 0.05, rng.uniform(0.7, 0.98, people))
    chance = wrong[cell] * sees[who] * rng.lognormal(0, 0.12, who.size) + np.where(planted, 0.0, 0.004)[who]
    return {
        "worker": names(people)[who],
        "cell": cell.astype(str),
        "n": np.full(who.size, 250),
        "found": rng.binomial(250, np.minimum(chance, 1)),
    }


WORLDS: dict[str, Callable[[int, np.random.Generator, npt.NDArray[np.bool_]], Rows]] = {
    "answering_unread": readings,
    "late_rush": shift_ends,
    "copying": pairs,
    "gold_recognition": golds,
    "skipping_hard": skips,
    "always_agreeing": findings,
}
