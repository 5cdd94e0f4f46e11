from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="model",
        title=_("Bad pre-label"),
        branch="model",
        why=_("A machine's suggestion led the person astray."),
        example=_("The classifier marked the listing as safe and was believed."),
    )
)
