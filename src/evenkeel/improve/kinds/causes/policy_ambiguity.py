from django.utils.translation import gettext_lazy as _

from evenkeel.improve.causes import CAUSES, Cause

CAUSES.register(
    Cause(
        slug="policy_ambiguity",
        title=_("Ambiguous policy"),
        branch="policy",
        why=_("The text can be read in two ways, and good people do."),
        example=_("“Unless both have dealt with each other before”: nobody can see whether they have."),
    )
)
