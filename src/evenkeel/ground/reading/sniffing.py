"""What the first bytes of a file tell: that it is no CSV at all, or in another encoding; and what separates its cells."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .sources import Unreadable

_DELIMITERS = (",", ";", "\t")


def delimiter_of(first: str, known: frozenset[str]) -> str:
    """Whichever sign splits the header into the most names that we know; a comma when in doubt."""

    def hits(delimiter: str) -> int:
        return sum(name.strip().strip('"') in known for name in first.split(delimiter))

    return max(_DELIMITERS, key=hits)


def refuse_other_formats(head: bytes) -> None:
    formats = {
        b"PK\x03\x04": (_("This is a zip archive or an Excel workbook."), _("Unpack it, or save it as CSV (UTF-8).")),
        b"BZh": (_("This is packed with bzip2."), _("Unpack it with `bunzip2`; plain and gzip are read.")),
        b"\xfd7zXZ": (_("This is packed with xz."), _("Unpack it with `unxz`; plain and gzip are read.")),
        b"\x28\xb5\x2f\xfd": (_("This is packed with zstd."), _("Unpack it with `unzstd`; plain and gzip are read.")),
        b"PAR1": (_("This is a Parquet file."), _("Export it as CSV.")),
        b"\xd0\xcf\x11\xe0": (_("This is an old Excel workbook."), _("Save it as CSV (UTF-8).")),
    }
    for magic, (what, fix) in formats.items():
        if head.startswith(magic):
            raise Unreadable(what, fix)


def refuse_other_encodings(head: bytes) -> None:
    marks = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
    found = next((name for mark, name in marks.items() if head.startswith(mark)), None)
    if found is None and len(head) >= 4 and head[0:4].count(0) == 2 and head[0] != head[1]:
        found = "UTF-16LE" if head[1] == 0 else "UTF-16BE"  # without a mark: every other byte of plain letters is 0
    if found:
        raise Unreadable(
            _("The file is %(encoding)s, seen at byte 0.") % {"encoding": found},
            _("Convert it: `iconv -f %(encoding)s -t UTF-8 in.csv > out.csv`.") % {"encoding": found},
            row=1,
            line=1,
        )
