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

ACTION_VIEW = declare(
    "improve:action:view",
    _("See actions, their effect plans and checks, and what was learnt"),
    roles=("lead", "vendor_manager", "quality_manager", "data_scientist", "qa_specialist"),
)
ACTION_EDIT = declare(
    "improve:action:edit",
    _("Open actions, freeze their effect plans, begin and end them"),
    roles=("lead", "quality_manager", "data_scientist"),
)
ACTION_APPROVE = declare(
    "improve:action:approve", _("Approve the effect plans of others"), roles=("lead", "quality_manager")
)
RULES_EDIT = declare(
    "improve:rules:edit", _("Set how actions are approved and what an error costs"), roles=("quality_manager",)
)
INITIATIVE_VIEW = declare(
    "improve:initiative:view",
    _("See initiatives"),
    roles=("lead", "vendor_manager", "quality_manager", "data_scientist", "qa_specialist"),
)
INITIATIVE_EDIT = declare(
    "improve:initiative:edit", _("Run initiatives"), roles=("lead", "vendor_manager", "quality_manager")
)
SUGGEST = declare(
    "improve:suggestion:make",
    _("Suggest what should be better, and vote"),
    roles=(
        "moderator", "specialist", "qa_specialist", "lead", "vendor_manager", "quality_manager", "data_scientist",
    ),
)  # fmt: skip
TRIAGE = declare("improve:suggestion:triage", _("Decide about suggestions"), roles=("lead", "quality_manager"))
