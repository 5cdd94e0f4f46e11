"""Form parts: button, field, errors."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.forms.boundfield import BoundField
from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

library = Library()
KINDS = ("primary", "secondary", "quiet", "danger")


@library.simple_tag
def button(
    label: object,
    *,
    kind: str = "secondary",
    icon: str = "",
    href: str = "",
    name: str = "",
    value: object = "",
    type: str = "submit",  # noqa: A002
    size: str = "",
    dialog: str = "",
    key: str = "",
    form: str = "",
    action: str = "",
    disabled: bool = False,
    icon_only: bool = False,
) -> SafeString:
    """A button, or a link that looks like one. `dialog` opens one, `key` is a shortcut, `action` a formaction."""
    assert kind in KINDS, f"kind is one of {', '.join(KINDS)}, not {kind!r}"
    if icon_only:
        assert icon, "a button without words needs an icon"
    return render_to_string("ground/parts/button.html", {**locals(), "type": "button" if dialog else type})


@library.simple_tag
def field(bound: BoundField, *, hide_label: bool = False, addition: object = "") -> SafeString:
    """A form field with label, help and errors, tied together for assistive technology by Django's aria-describedby."""
    widget = bound.field.widget
    if bound.is_hidden:
        return SafeString(bound)
    shape = _shape(widget)
    attributes: dict[str, Any] = {"class": f"{widget.attrs.get('class', '')} control {shape}".strip()}
    if shape == "lines" and widget.attrs.get("rows") == "10":  # Django's own choice, not the form's
        attributes["rows"] = 4
    return render_to_string(
        "ground/parts/field.html",
        {
            "bound": bound,
            "control": bound.as_widget(attrs=attributes),
            "shape": shape,
            "is_group": bool(widget.use_fieldset),
            "hide_label": hide_label,
            "addition": addition,
            "is_optional": not bound.field.required and shape not in ("check", "choices"),
        },
    )


def _shape(widget: django_forms.Widget) -> str:
    """How a control is drawn; the order matters because a list of checkboxes is also a select to Django."""
    shapes: tuple[tuple[str, tuple[type[django_forms.Widget], ...]], ...] = (
        ("choices", (django_forms.CheckboxSelectMultiple, django_forms.RadioSelect)),
        ("check", (django_forms.CheckboxInput,)),
        ("list", (django_forms.SelectMultiple,)),
        ("select", (django_forms.Select,)),
        ("lines", (django_forms.Textarea,)),
        ("file", (django_forms.FileInput,)),
        ("parts", (django_forms.MultiWidget, django_forms.SelectDateWidget)),
    )
    return next((shape for shape, kinds in shapes if isinstance(widget, kinds)), "line")


@library.simple_tag
def form_errors(form: django_forms.BaseForm) -> SafeString:
    """What is wrong with a form as a whole, and links to the fields that have errors. Nothing when all is well."""
    if not form.errors:
        return SafeString("")
    fields = [bound for bound in form if bound.errors and not bound.is_hidden]
    hidden = [f"{bound.label}: {error}" for bound in form.hidden_fields() for error in bound.errors]
    return render_to_string(
        "ground/parts/form_errors.html", {"general": [*form.non_field_errors(), *hidden], "fields": fields}
    )
