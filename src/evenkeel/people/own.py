"""What a person changes about nothing but her own screen: no permission, no trail."""

from __future__ import annotations

from .models import Person


def set_preferences(person: Person, *, theme: str | None = None, density: str | None = None) -> None:
    """A person's own look of things; a value that is not offered changes nothing."""
    if theme in dict(Person.THEMES):
        person.theme = theme
    if density in dict(Person.DENSITIES):
        person.density = density
    person.save(update_fields=["theme", "density"])
