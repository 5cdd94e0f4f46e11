"""Documents that are made while the reader waits: the links to them, and what goes before the links in them."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from evenkeel.ground.pages import PageRequest


def paper_links(name: str, key: UUID) -> list[tuple[str, str]]:
    """What a page's export button offers of a document that has one address: PDF and slides."""
    url = reverse(name, args=[key])
    return [(_("PDF"), url), (_("Slides"), f"{url}?format=pptx")]


def site_of(request: PageRequest) -> str:
    """What goes before the links in a document."""
    return request.build_absolute_uri("/")
