"""The install's side of a study: hands it to a process, takes in what that lived through, and lets go of its files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import WhatIfRun, WhatIfStudy
from .folder import ASKED, CHECKS, FAILED, FITTED, STOP, StudyFolder

# A process that ends so often without a result would do so for ever.
_TRIES = 5
Begin = Callable[[StudyFolder, int], None]


def carry_on(*, now: datetime, begin: Begin | None = None) -> None:
    """Bring every study as far as its files are, and have the oldest open one gone on with: one at a time.

    `begin` starts the process of a folder; the open file that it inherits is its place there.
    """
    data_dir = Path(settings.EVENKEEL.data_dir)
    open_ = list(WhatIfStudy.objects.filter(ended_at=None).select_related("programme").order_by("created_at", "id"))
    for study in open_:
        take_in(study, now=now)
    open_ = [study for study in open_ if study.ended_at is None]
    is_busy = _let_go(data_dir, {str(study.pk) for study in open_})
    if open_ and not is_busy:
        _hand_over(open_[0], begin or _begin, now)


def take_in(study: WhatIfStudy, *, now: datetime) -> None:
    """Keep what a study's process has found so far; a study that is whole, or cannot be, ends."""
    folder = _folder(study)
    known = set(study.runs.values_list("variant", "seed"))
    fresh = [each for each in folder.results() if each[:2] not in known]
    with transaction.atomic():
        WhatIfRun.objects.bulk_create(
            [
                WhatIfRun(study=study, variant=variant, seed=seed, ended_at=now, **result)
                for variant, seed, result in fresh
            ],
            ignore_conflicts=True,
        )
        fitted = folder.read(FITTED) if folder.read(CHECKS) and not study.fitted else ""
        if fitted:
            study.fitted, study.checks = fitted, json.loads(folder.read(CHECKS))
        if fresh or fitted:
            study.tries = 0
        if len(known) + len(fresh) >= study.runs_asked:
            study.end, study.ended_at = "done", now
        elif said := folder.read(FAILED):
            study.end, study.ended_at, study.said = "failed", now, said
        if fresh or fitted or study.end:
            # Only while it is open: it may have been stopped in the meantime.
            fields = ("fitted", "checks", "tries", "end", "ended_at", "said")
            WhatIfStudy.objects.filter(pk=study.pk, ended_at=None).update(
                **{name: getattr(study, name) for name in fields}
            )


def _let_go(data_dir: Path, open_: set[str]) -> bool:
    """Have processes of studies that are over end, and remove their files; whether any process is at work."""
    is_busy = False
    for folder in StudyFolder.all(data_dir):
        is_over = folder.path.name not in open_
        if is_over:
            folder.write(STOP, "")
        if folder.is_taken():
            is_busy = True
        elif is_over:
            folder.remove()
    return is_busy


def _hand_over(study: WhatIfStudy, begin: Begin, now: datetime) -> None:
    folder = _folder(study)
    place = folder.lock()
    if place is None:
        return
    try:
        if study.tries >= _TRIES:
            said = _("The process behind it ended %(n)d times without a result.") % {"n": study.tries}
            WhatIfStudy.objects.filter(pk=study.pk, ended_at=None).update(end="failed", ended_at=now, said=said)
            return
        WhatIfStudy.objects.filter(pk=study.pk).update(tries=study.tries + 1)
        folder.write(ASKED, json.dumps(_asked(study)))
        if study.fitted:
            folder.write(FITTED, study.fitted)
            folder.write(CHECKS, json.dumps(study.checks))
        begin(folder, place)
    finally:
        os.close(place)


def _asked(study: WhatIfStudy) -> dict[str, Any]:
    return {
        "scenario": study.scenario,
        "programme": study.programme.name if study.programme else "",
        "since": study.since_on.isoformat() if study.since_on else "",
        "until": study.until_on.isoformat() if study.until_on else "",
        "for_all": study.for_all,
        "variants": [variant["changes"] for variant in study.variants],
        "seeds": study.seeds,
        "work": study.work,
        "done": [list(each) for each in study.runs.values_list("variant", "seed")],
    }


def _begin(folder: StudyFolder, place: int) -> None:
    """Start the process; nobody waits for it here."""
    command = [sys.executable, "-m", "evenkeel.twin.studies.driving", str(folder.path), str(os.getpid())]
    env = os.environ | {"EVENKEEL_DATA_DIR": str(settings.EVENKEEL.data_dir), "EVENKEEL_LOG_LEVEL": "ERROR"}
    subprocess.Popen(  # noqa: S603  (our own)
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[place],
    )


def now_at(study: WhatIfStudy) -> dict[str, Any]:
    """Which variant and seed a study's process is at; empty when it waits."""
    from .folder import NOW

    said = _folder(study).read(NOW)
    return dict(json.loads(said)) if said else {}


def _folder(study: WhatIfStudy) -> StudyFolder:
    return StudyFolder.of(Path(settings.EVENKEEL.data_dir), study.pk)
