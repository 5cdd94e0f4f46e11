from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="process",
        title=_("Process or routing"),
        branch="process",
        why=_("The right knowledge, the wrong queue, hand-over or pressure of time."),
        example=_("Portuguese listings reach a team without Portuguese."),
    )
)
