"""What people may do to policies."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

POLICY_VIEW = declare(
    "policy:policy:view",
    _("Read policies"),
    roles=("moderator", "qa_specialist", "specialist", "lead", "vendor_manager", "quality_manager", "data_scientist"),
)
POLICY_EDIT = declare("policy:policy:edit", _("Add policies and publish versions"), roles=("quality_manager",))
CERTIFICATION_VIEW = declare(
    "policy:certification:view",
    _("See certifications and who holds them"),
    roles=("lead", "vendor_manager", "quality_manager"),
)
CERTIFICATION_EDIT = declare(
    "policy:certification:edit", _("Add certifications, give and withdraw them"), roles=("quality_manager",)
)
CHANGE_VIEW = declare(
    "policy:change:view",
    _("See changes of policies that were asked for"),
    roles=("specialist", "qa_specialist", "lead", "vendor_manager", "quality_manager", "data_scientist"),
)
CHANGE_PROPOSE = declare(
    "policy:change:propose",
    _("Ask for a change of a policy"),
    roles=("specialist", "qa_specialist", "lead", "vendor_manager", "quality_manager", "data_scientist"),
)
