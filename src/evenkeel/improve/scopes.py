"""What may be done with investigations."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

VIEW = declare(
    "improve:investigation:view",
    _("See investigations"),
    roles=("lead", "vendor_manager", "quality_manager", "data_scientist", "qa_specialist"),
)
EDIT = declare(
    "improve:investigation:edit",
    _("Open investigations, work on them, close them"),
    roles=("lead", "quality_manager", "data_scientist"),
)
VALIDATE = declare(
    "improve:investigation:validate",
    _("Validate what others investigated"),
    roles=("lead", "quality_manager", "data_scientist", "qa_specialist"),
)
CAUSE_EDIT = declare(
    "improve:cause:edit",
    _("Word causes, and say what an error costs"),
    roles=("quality_manager",),
)
