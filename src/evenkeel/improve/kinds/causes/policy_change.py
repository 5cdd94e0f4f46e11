from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="policy_change",
        title=_("Change not understood"),
        branch="policy",
        why=_("A new version was published, and part of the people work by the old one or misread the new."),
        example=_("After version 2, one team allows every request to talk outside the platform."),
    )
)
