from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

# expat alone: it reads as a stream and, told to, refuses what could blow a document up.
from xml.parsers import expat

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenkeel.ground.reading.json_stream import elements
from evenkeel.ground.reading.sources import Unreadable

from ..importer import Found, Importer, ImporterExample, Reading, importer

_TASK_OF_PROJECT = ["project", "tasks", "task"]
_DRAWN = ("box", "polygon", "polyline", "points", "ellipse", "mask", "cuboid", "skeleton")
_XML = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<annotations><version>1.1</version>'
    b"<meta><task><id>12</id><name>Street</name><updated>2026-03-02 09:30:00.000000+00:00</updated>"
    b"<assignee><username>ada</username><email></email></assignee></task></meta>"
    b'<image id="0" name="street.jpg" width="200" height="100">'
    b'<tag label="night" source="manual"></tag></image>'
    b'<image id="1" name="lane.jpg" width="200" height="100">'
    b'<box label="car" source="manual" occluded="0" xtl="20" ytl="10" xbr="60" ybr="40" z_order="0"></box>'
    b'<box label="bus" source="auto" occluded="0" xtl="2" ytl="1" xbr="6" ybr="4" z_order="0"></box></image></annotations>'
)


@importer
class Cvat(Importer):
    slug = "cvat"
    title = gettext_lazy("CVAT: annotations")
    why = gettext_lazy(
        "XML of CVAT (for images 1.1): each picture of a task or job is a decision of whoever it was assigned to."
    )
    source = "https://docs.cvat.ai/docs/dataset_management/formats/format-cvat/"
    how = gettext_lazy(
        "Task or job → Export dataset → CVAT for images 1.1; hand in the annotations.xml of the archive."
    )
    suffixes = (".xml",)
    known = {
        "item": "image", "decision_id": "={task.id}/{frame}", "worker": "assignee", "label": "label",
        "decided_at": "task.updated",
    }  # fmt: skip
    example = ImporterExample(
        file=_XML,
        facts=[("decision", "street.jpg", "ada", "night"), ("decision", "lane.jpg", "ada", "1 car")],
        leaves_out=["drawn by a model"],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        pictures = _Pictures(reading)
        for chunk in reading.stream.chunks():
            yield from pictures.feed(chunk)
        yield from pictures.feed(b"", is_last=True)


class _Pictures:
    """Hears the parser's events and hands out each picture when it is closed."""

    def __init__(self, reading: Reading):
        self._reading, self._ready = reading, list[Found]()
        self._meta: dict[str, str] = {}
        # A project's tasks, each with what is said about it alone: their frames are numbered anew.
        self._tasks: dict[str, dict[str, str]] = {}
        self._task: dict[str, str] = {}
        self._tracks = 0
        self._image: dict[str, str] | None = None
        self._tags: list[str] = []
        self._drawn: Counter[str] = Counter()
        self._path: list[str] = []
        self._text = ""
        self._row = 0
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._hear
        self._parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, chunk: bytes, *, is_last: bool = False) -> list[Found]:
        """Pictures that the chunk completes."""
        try:
            self._parser.Parse(chunk, is_last)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise Unreadable(
                _("This is no XML: %(why)s.") % {"why": error},
                _("Export it again; the file may have been cut off."),
                row=self._row + 1,
                line=self._parser.CurrentLineNumber,
            ) from None
        ready, self._ready = self._ready, []
        return ready

    def _refuse(self, *_said: object) -> None:
        raise Unreadable(
            _("The file declares a document type, which could define anything."),
            _("Remove the line that starts with <!DOCTYPE."),
            line=self._parser.CurrentLineNumber,
        )

    def _open(self, name: str, said: dict[str, str]) -> None:
        if not self._path and name != "annotations":
            raise Unreadable(
                _("This is not CVAT's XML: it starts with “%(name)s”.") % {"name": name[:40]},
                _("Export it as “CVAT for images 1.1”."),
                line=self._parser.CurrentLineNumber,
            )
        self._path.append(name)
        self._text = ""
        if name == "image":
            self._row += 1
            self._image, self._tags, self._drawn = said, [], Counter()
        elif name == "track":
            self._tracks += 1
        # The points of a skeleton are its parts, no marks of their own.
        elif self._image is not None and self._path[-2] == "image" and (name == "tag" or name in _DRAWN):
            # What a model drew is nobody's decision.
            if said.get("source") in ("auto", "automatic"):
                self._reading.leave_out("drawn by a model")
            elif name == "tag":
                self._tags.append(said.get("label", ""))
            else:
                self._drawn[said.get("label", "")] += 1

    def _hear(self, text: str) -> None:
        if self._path[:2] == ["annotations", "meta"]:
            self._text += text

    def _close(self, name: str) -> None:
        if self._path[:2] == ["annotations", "meta"] and len(self._path) > 3 and self._text.strip():
            # Of a task or a job alike: meta/task/id and meta/job/id. Of a project: meta/project/tasks/task/id.
            about, place = (self._task, 5) if self._path[2:5] == _TASK_OF_PROJECT else (self._meta, 3)
            about.setdefault(".".join(self._path[place:]), self._text.strip())
        if self._path[2:] == _TASK_OF_PROJECT:
            self._tasks[self._task.get("id", "")] = self._task
            self._task = {}
        self._text = ""
        self._path.pop()
        if not self._path and self._tracks and not self._row:
            self._reading.bad(
                _("These are the tracks of a video: they do not say who looked at which picture."),
                _("Export the task as “CVAT for images 1.1”; its frames are pictures there."),
                row=1,
            )
        elif not self._path and self._tracks:
            self._reading.left_out["track of a video"] = self._tracks
        if name == "image" and self._image is not None:
            self._ready.append(Found(self._row, self._picture(self._image)))
            self._image = None

    def _picture(self, image: dict[str, str]) -> dict[str, Any]:
        drawn = ", ".join(f"{n} {label}" for label, n in sorted(self._drawn.items()))
        known = ("id", "name", "updated", "created", "dumped")
        about = self._tasks.get(image.get("task_id", ""), {})
        assignee = about.get("assignee.username") or about.get("owner.username")
        return {
            "image": image.get("name", ""),
            "frame": image.get("id", ""),
            "width": image.get("width", ""),
            "height": image.get("height", ""),
            "label": ", ".join(sorted(self._tags)) or drawn or _("nothing marked"),
            "tags": list(self._tags),
            "drawn": drawn,
            "assignee": assignee
            or self._meta.get("assignee.username")
            or self._meta.get("assignee")
            or self._meta.get("owner.username", ""),
            "task": {name: about.get(name) or self._meta.get(name, "") for name in known},
        }


_REPORT = (
    b'{"parameters": {}, "comparison_summary": {"frame_share": 0.5}, "frame_results": {'
    b'"0": {"conflicts": [{"frame_id": 0, "type": "mismatching_label", "severity": "error"}]}, '
    b'"1": {"conflicts": [{"frame_id": 1, "type": "low_overlap", "severity": "warning"}]}}}'
)


@importer
class CvatQuality(Importer):
    slug = "cvat_quality"
    title = gettext_lazy("CVAT: quality report")
    why = gettext_lazy(
        "The comparison with ground truth: each frame that was checked is a review; an error in it makes it wrong."
    )
    source = "https://docs.cvat.ai/docs/qa-analytics/auto-qa/"
    how = gettext_lazy("GET /api/quality/reports/ID/data of a task; name the task in the decision's id: =12/{frame}.")
    suffixes = (".json",)
    known = {"reviewer": "=CVAT ground truth", "review_right": "is_right"}
    values = {"review_error": {"missing": "under_enforcement", "extra": "over_enforcement", "other": "wrong_selection"}}
    example = ImporterExample(
        file=_REPORT,
        fields={"reviewed_decision": "=12/{frame}", "review_id": "=12/{frame}", "review_error": "error"},
        facts=[("review", "CVAT ground truth", False, ""), ("review", "CVAT ground truth", True, "")],
        leaves_out=["parameters", "comparison_summary"],
    )

    @classmethod
    def rows(cls, reading: Reading) -> Iterator[Found]:
        for name, place, value in elements(reading.stream):
            if name != "frame_results":
                reading.leave_out(name or "list")
            elif not isinstance(value, dict) or place:
                reading.bad(_("“frame_results” is an object."), _("Ask for the report's data, not its summary."), row=1)
            else:
                yield from (_frame(row, frame, said) for row, (frame, said) in enumerate(value.items(), 1))


def _frame(row: int, frame: str, said: Any) -> Found:
    conflicts = said.get("conflicts", []) if isinstance(said, dict) else []
    errors = [
        str(each.get("type", "")) for each in conflicts if isinstance(each, dict) and each.get("severity") == "error"
    ]
    first = next((kind for kind in ("missing_annotation", "extra_annotation") if kind in errors), "")
    kind = first.removesuffix("_annotation") or ("other" if errors else "")
    return Found(
        row, {"frame": frame, "is_right": not errors, "error": kind, "errors": errors, "conflicts": len(conflicts)}
    )
