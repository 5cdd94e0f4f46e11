"""Boxes and polygons on a picture."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..answer import AnswerExample, Setting, Unfit, answer_kind
from ..marks import LABELS, LEAST, Marks, labelled

_TOOLS = ("box", "polygon")
_CORNERS_LIMIT = 500
_DIGITS = 6  # of a share: a thousandth of a pixel in a picture of 1,000 pixels
_LABELS = [{"value": "weapon", "title": "Weapon", "tone": "bad"}, {"value": "face", "title": "Face"}]
_BOX = {"shape": "box", "x": 0.1, "y": 0.2, "w": 0.5, "h": 0.25, "label": "weapon"}
_POLYGON = {"shape": "polygon", "points": [[0, 0], [1, 0], [0.5, 1]], "label": "face", "part": "image"}


@answer_kind
class ImageShapes(Marks):
    """Places are shares of the picture's width and height, from its top left: they hold at every size."""

    slug = "image_shapes"
    title = gettext_lazy("Boxes and polygons")
    why = gettext_lazy("Where in the picture: objects to be found, faces to be blurred, the logo that is misused.")
    marks = ("image",)
    settings = (LABELS, LEAST, Setting(name="tools", title=gettext_lazy("Tools"), kind="tools"))
    example = AnswerExample(
        field={"name": "boxes", "kind": "image_shapes", "title": "Where?", "labels": _LABELS},
        right=[([_BOX, _POLYGON], [_BOX | {"part": ""}, _POLYGON])],
        wrong=[
            [],
            [_BOX | {"x": 0.6}],
            [_BOX | {"w": 0}],
            [_BOX | {"h": "high"}],
            [_BOX | {"x": float("nan")}],
            [_BOX | {"shape": "circle"}],
            [_POLYGON | {"points": [[0, 0], [1, 1]]}],
            [_POLYGON | {"points": [[0, 0], [1, 1], [2, 0]]}],
            [_POLYGON | {"points": [[0, 0], [1, 1], [1]]}],
            "box",
        ],
        bad_fields=[
            {"name": "boxes", "kind": "image_shapes", "labels": _LABELS, "tools": []},
            {"name": "boxes", "kind": "image_shapes", "labels": _LABELS, "tools": ["circle"]},
            {"name": "boxes", "kind": "image_shapes"},
        ],
    )

    @classmethod
    def faults(cls, field: Mapping[str, Any]) -> list[str]:
        faults = super().faults(field)
        tools = field.get("tools", list(_TOOLS))
        if not isinstance(tools, list) or not tools or not all(tool in _TOOLS for tool in tools):
            faults.append(_("“tools” lists some of: %(tools)s.") % {"tools": ", ".join(_TOOLS)})
        return faults

    @classmethod
    def filled(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().filled(field), "tools": field.get("tools") or list(_TOOLS)}

    @classmethod
    def mark_schema(cls, field: Mapping[str, Any]) -> dict[str, Any]:
        share = {"type": "number", "minimum": 0, "maximum": 1}
        side = {"type": "number", "exclusiveMinimum": 0, "maximum": 1}
        corner = {"type": "array", "items": share, "minItems": 2, "maxItems": 2}
        points = {"type": "array", "items": corner, "minItems": 3, "maxItems": _CORNERS_LIMIT}
        shapes = {
            "box": labelled(field, shape={"const": "box"}, x=share, y=share, w=side, h=side),
            "polygon": labelled(field, shape={"const": "polygon"}, points=points),
        }
        return {"anyOf": [shapes[tool] for tool in field.get("tools") or _TOOLS]}

    @classmethod
    def clean_mark(cls, field: Mapping[str, Any], mark: Mapping[str, Any], place: int) -> dict[str, Any]:
        tools = field.get("tools") or _TOOLS
        shape = mark.get("shape")
        if shape not in tools:
            raise Unfit(
                _("Mark %(place)d: the shape is one of %(tools)s.") % {"place": place, "tools": ", ".join(tools)}
            )
        made = _box(mark) if shape == "box" else _polygon(mark)
        if made is None:
            raise Unfit(
                _("Mark %(place)d does not lie on the picture; places are shares of its width and height from 0 to 1.")
                % {"place": place}
            )
        return {"shape": shape, **made}


def _share(value: Any) -> float | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return round(float(value), _DIGITS) if is_number and 0 <= value <= 1 else None


def _box(mark: Mapping[str, Any]) -> dict[str, Any] | None:
    x, y, w, h = (_share(mark.get(name)) for name in "xywh")
    if x is None or y is None or not w or not h:
        return None
    # A hand that draws to the edge overshoots by a rounding error, which is cut; more is a fault.
    if x + w > 1.001 or y + h > 1.001 or x >= 1 or y >= 1:
        return None
    return {"x": x, "y": y, "w": min(w, round(1 - x, _DIGITS)), "h": min(h, round(1 - y, _DIGITS))}


def _polygon(mark: Mapping[str, Any]) -> dict[str, Any] | None:
    points = mark.get("points")
    if not isinstance(points, list) or not 3 <= len(points) <= _CORNERS_LIMIT:
        return None
    if not all(isinstance(corner, list) and len(corner) == 2 for corner in points):
        return None
    placed = [[_share(x), _share(y)] for x, y in points]
    return None if any(share is None for corner in placed for share in corner) else {"points": placed}
