"""What several acts ask of their input."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from evenkeel.ground.errors import Invalid

from ..models import check_time_zone


def insist_on_free(taken: bool, field: str, value: str) -> None:
    """`Invalid` when something of that name is there already."""
    if taken:
        raise Invalid(
            _("%(value)s is taken.") % {"value": value}, fields={field: [_("There is one already; choose another.")]}
        )


def insist_on_time_zone(name: str) -> None:
    """`Invalid` when there is no such time zone."""
    try:
        check_time_zone(name)
    except ValidationError as error:
        raise Invalid(error.messages[0], fields={"time_zone": list(error.messages)}) from None


def is_address(text: str) -> bool:
    """Whether a text is a mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def insist_on_text(field: str, value: str, *, most: int) -> str:
    """The text without blanks around it; `Invalid` when nothing is left or it is too long."""
    text = value.strip()
    if not text:
        raise Invalid(_("Something is missing."), fields={field: [_("This is needed.")]})
    if len(text) > most:
        raise Invalid(_("Something is too long."), fields={field: [_("At most %(most)s characters.") % {"most": most}]})
    return text
