from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="attention",
        title=_("Attention or fatigue"),
        branch="people",
        why=_("The person knows the rule and slipped: pace, tiredness, a stretch of look-alikes."),
        example=_("The fiftieth spam listing in a row is taken for the forty-nine before it."),
    )
)
