"""What people may do to policies."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

POLICY_VIEW = declare(
    "policy:policy:view",
    _("Read policies"),
    roles=("moderator", "qa_specialist", "specialist", "lead", "vendor_manager", "quality_manager", "data_scientist"),
)
POLICY_EDIT = declare("policy:policy:edit", _("Add policies and publish versions"), roles=("quality_manager",))
