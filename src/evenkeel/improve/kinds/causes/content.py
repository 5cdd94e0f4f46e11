from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="content",
        title=_("New kind of content"),
        branch="content",
        why=_("Something that neither policy nor examples had met."),
        example=_("A scam that begins with a refund."),
    )
)
