from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="measurement",
        title=_("Audit was wrong"),
        branch="measurement",
        why=_("The decision was right; the auditor, the golden item or the sample was not."),
        example=_("Two auditors judge the same listing differently."),
    )
)
