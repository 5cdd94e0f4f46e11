"""What every format of an export tells, and the catalogue of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from evenkeel.ground.catalogue import Catalogue

from .sheet import Sheet

Tell = Callable[[int], None]


class ExportFormat:
    """A format. Subclasses are registered, never made into instances.

    `reader` is what the consumer types to read it: the worked example, which the manual prints. `extra` names our extra that
    it needs and `package` that extra's package; without it the format is not offered.
    """

    slug: ClassVar[str]
    title: ClassVar[Any]
    why: ClassVar[Any]
    suffix: ClassVar[str]
    media_type: ClassVar[str]
    reader: ClassVar[str]
    extra: ClassVar[str] = ""
    package: ClassVar[str] = ""
    # The most rows of a table page that are written while somebody waits for them.
    most_at_once: ClassVar[int] = 200_000

    @classmethod
    def write(cls, sheet: Sheet, path: Path, *, tell: Tell) -> int:
        """Write a sheet to a path that is not there yet; returns how many rows. `tell` hears the rows so far.

        Memory does not grow with the rows. Other files may be left in the path's folder, which is the writer's own.
        """
        raise NotImplementedError

    @classmethod
    def is_installed(cls) -> bool:
        """Whether what it needs is here."""
        return not cls.package or find_spec(cls.package) is not None


export_formats: Catalogue[type[ExportFormat]] = Catalogue("export format", package="evenkeel.reports.exports.kinds")
export_format = export_formats.register


def offered() -> list[type[ExportFormat]]:
    """The formats that can be written here."""
    return [kind for kind in export_formats if kind.is_installed()]
