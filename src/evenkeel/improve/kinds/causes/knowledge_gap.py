from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="knowledge_gap",
        title=_("Knowledge gap"),
        branch="people",
        why=_("The rule is clear and was taught, but this person does not know it."),
        example=_("A new moderator allows gift-card payment because she has not met that clause yet."),
    )
)
