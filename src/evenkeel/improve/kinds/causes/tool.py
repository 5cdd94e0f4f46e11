from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="tool",
        title=_("Tool or display"),
        branch="tool",
        why=_("The person could not see or do what was needed."),
        example=_("The second half of a long text was cut off on the screen."),
    )
)
