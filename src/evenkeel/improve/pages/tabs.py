"""The sides of an investigation."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.templatetags.layout import Tab

from ..models import Investigation


def tabs_of(found: Investigation, *, current: str) -> list[Tab]:
    """Findings, why, validation, recipe, documents."""
    sides = (
        ("investigation", _("Findings")),
        ("why", _("Why")),
        ("validation", _("Validation")),
        ("recipe", _("Recipe")),
        ("papers", _("Documents")),
    )
    return [
        Tab(title=title, url=reverse(f"improve:{name}", args=[found.pk]), is_current=name == current)
        for name, title in sides
    ]


def crumbs_of(found: Investigation) -> list[tuple[str, str]]:
    """The way to it."""
    return [(_("Investigations"), reverse("improve:investigations")), (found.title, found.get_absolute_url())]


def exports_of(found: Investigation) -> list[tuple[str, str]]:
    """What the button of every side of it offers beside print: its documents, made in the background."""
    return [(_("PDF or slides"), reverse("improve:papers", args=[found.pk]))]
