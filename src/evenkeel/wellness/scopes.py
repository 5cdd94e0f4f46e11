"""What people may do about exposure. There is no scope to see another person's dose."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

LIMIT_VIEW = declare(
    "wellness:limit:view", _("See the limits of exposure"), roles=("lead", "vendor_manager", "quality_manager")
)
LIMIT_EDIT = declare("wellness:limit:edit", _("Set the limits of exposure"), roles=("vendor_manager",))
