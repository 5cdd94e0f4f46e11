"""What a learned set of labels tells: which rare ones look like slips of another."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# A label is rare below this share of all, and a slip of another when at least this alike.
_RARE, _ALIKE = 0.005, 0.8


def slips(answers: Mapping[str, int]) -> Iterator[str]:
    """Sentences about labels that differ only in case or blanks, or are rare and nearly spelled like a frequent one."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for label in answers:
        groups[" ".join(label.split()).casefold()].append(label)
    told = set()
    for variants in groups.values():
        main, *others = sorted(variants, key=lambda label: -answers[label])
        for other in others:
            told.add(other)
            yield _("“%(other)s” (%(few)s×) differs from “%(main)s” (%(many)s×) only in case or blanks.") % {
                "other": other,
                "few": f"{answers[other]:,}",
                "main": main,
                "many": f"{answers[main]:,}",
            }
    total = sum(answers.values())
    frequent = [label for label, count in answers.items() if count > _RARE * total]
    for label, count in answers.items():
        if label in told or count > _RARE * total or len(label) < 4 or _is_number(label):
            continue
        near = difflib.get_close_matches(label, [other for other in frequent if other != label], n=1, cutoff=_ALIKE)
        if near:
            yield ngettext(
                "“%(other)s” was given only once and looks like “%(main)s”.",
                "“%(other)s” was given only %(few)s times and looks like “%(main)s”.",
                count,
            ) % {"other": label, "few": f"{count:,}", "main": near[0]}


def _is_number(label: str) -> bool:
    return label.strip().lstrip("+-").replace(".", "", 1).isdigit()
