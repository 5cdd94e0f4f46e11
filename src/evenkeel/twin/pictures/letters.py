"""Capital letters, digits and a few signs as dots, five wide and seven high: enough for a sign in a picture."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Dots = npt.NDArray[np.bool_]
WIDE, HIGH = 5, 7

# Seven rows each, from above; a row is five bits, the left one highest.
_ROWS = {
    "A": "0e 11 11 1f 11 11 11", "B": "1e 11 11 1e 11 11 1e", "C": "0e 11 10 10 10 11 0e", "D": "1e 11 11 11 11 11 1e",
    "E": "1f 10 10 1e 10 10 1f", "F": "1f 10 10 1e 10 10 10", "G": "0e 11 10 17 11 11 0e", "H": "11 11 11 1f 11 11 11",
    "I": "0e 04 04 04 04 04 0e", "J": "07 02 02 02 02 12 0c", "K": "11 12 14 18 14 12 11", "L": "10 10 10 10 10 10 1f",
    "M": "11 1b 15 15 11 11 11", "N": "11 19 15 13 11 11 11", "O": "0e 11 11 11 11 11 0e", "P": "1e 11 11 1e 10 10 10",
    "Q": "0e 11 11 11 15 12 0d", "R": "1e 11 11 1e 14 12 11", "S": "0f 10 10 0e 01 01 1e", "T": "1f 04 04 04 04 04 04",
    "U": "11 11 11 11 11 11 0e", "V": "11 11 11 11 11 0a 04", "W": "11 11 11 15 15 1b 11", "X": "11 11 0a 04 0a 11 11",
    "Y": "11 11 0a 04 04 04 04", "Z": "1f 01 02 04 08 10 1f", "0": "0e 11 13 15 19 11 0e", "1": "04 0c 04 04 04 04 0e",
    "2": "0e 11 01 06 08 10 1f", "3": "1f 02 04 02 01 11 0e", "4": "02 06 0a 12 1f 02 02", "5": "1f 10 1e 01 01 11 0e",
    "6": "06 08 10 1e 11 11 0e", "7": "1f 01 02 04 08 08 08", "8": "0e 11 11 0e 11 11 0e", "9": "0e 11 11 0f 01 02 0c",
    ".": "00 00 00 00 00 0c 0c", ",": "00 00 00 00 0c 04 08", "!": "04 04 04 04 04 00 04", "?": "0e 11 01 02 04 00 04",
    ":": "00 0c 0c 00 0c 0c 00", "+": "00 04 04 1f 04 04 00", "-": "00 00 00 1f 00 00 00", "%": "18 19 02 04 08 13 03",
    "'": "0c 04 08 00 00 00 00", " ": "00 00 00 00 00 00 00",
}  # fmt: skip


def dots_of(said: str) -> Dots:
    """A line of words as dots, seven high; what there is no sign for leaves a gap.

    >>> dots_of("HI").shape
    (7, 11)
    """
    signs = [_sign(letter) for letter in said.upper()]
    gap = np.zeros((HIGH, 1), dtype=bool)
    return np.concatenate([part for sign in signs for part in (sign, gap)][:-1] or [gap], axis=1)


def lines_of(said: str, most: int) -> list[str]:
    """Words in lines of `most` letters where words allow it.

    >>> lines_of("PAY HALF BY GIFT CARD", 10)
    ['PAY HALF', 'BY GIFT', 'CARD']
    """
    lines: list[str] = []
    for word in said.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@cache
def _sign(letter: str) -> Dots:
    rows = bytes.fromhex(_ROWS.get(letter, _ROWS[" "]))
    return np.array([[bool(row >> (WIDE - 1 - place) & 1) for place in range(WIDE)] for row in rows])
