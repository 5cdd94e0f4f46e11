"""What people may do on the floor."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

FLOOR_VIEW = declare(
    "planning:floor:view",
    _("See the floor: who works where, and what waits"),
    roles=("lead", "vendor_manager", "quality_manager"),
)
FLOOR_EDIT = declare("planning:floor:edit", _("Say how much may wait in a queue"), roles=("lead", "quality_manager"))
