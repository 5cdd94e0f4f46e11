"""What people may do about work."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

_EVERYBODY = ("moderator", "qa_specialist", "specialist", "lead", "vendor_manager", "quality_manager", "data_scientist")
_READERS = ("lead", "vendor_manager", "quality_manager", "data_scientist")

BULK_DO = declare("work:bulk:do", _("Change many tasks at once"), roles=("quality_manager",))
BULK_APPROVE = declare(
    "work:bulk:approve", _("Agree to somebody else's change of many tasks"), roles=("quality_manager",)
)
EXPORT_MAKE = declare(
    "work:export:make", _("Have files made of items and decisions"), roles=("quality_manager", "data_scientist")
)
PROGRAMME_VIEW = declare("work:programme:view", _("See programmes"), roles=_EVERYBODY)
PROGRAMME_EDIT = declare(
    "work:programme:edit",
    _("Add and change programmes, their forms and who takes part"),
    roles=("quality_manager", "data_scientist"),
)
QUEUE_VIEW = declare("work:queue:view", _("See queues"), roles=_EVERYBODY)
QUEUE_EDIT = declare(
    "work:queue:edit", _("Add, change, fill and close queues"), roles=("quality_manager", "data_scientist")
)
ITEM_VIEW = declare("work:item:view", _("See items and their content"), roles=("qa_specialist", *_READERS))
ITEM_ADD = declare("work:item:add", _("Add items"), roles=("quality_manager", "data_scientist"))
TASK_DECIDE = declare("work:task:decide", _("Take items and decide"), roles=("moderator",))
# An auditor judges blind, so the role of QA specialist does not carry this one.
DECISION_VIEW = declare("work:decision:view", _("See who decided what"), roles=_READERS)
DECISION_CORRECT = declare(
    "work:decision:correct", _("Put other people's decisions right"), roles=("lead", "quality_manager")
)
IMPORT_ADD = declare(
    "work:import:add", _("Import decisions made elsewhere"), roles=("quality_manager", "data_scientist")
)

# Questions: hers are hers without any role; the guideline's owner answers.
QUESTION_OWN = declare("work:question:own", _("See one's own questions and what one was answered"), own=True)
QUESTION_VIEW = declare("work:question:view", _("See questions about guidelines"), roles=("qa_specialist", *_READERS))
QUESTION_ANSWER = declare("work:question:answer", _("Answer questions about guidelines"), roles=("quality_manager",))

ESCALATION_VIEW = declare("work:escalation:view", _("See escalations"), roles=("specialist", *_READERS))
ESCALATION_WORK = declare(
    "work:escalation:work", _("Decide what was escalated"), roles=("specialist", "quality_manager")
)
TIER_EDIT = declare("work:tier:edit", _("Set up tiers and restricted lanes"), roles=("quality_manager",))

APPEAL_VIEW = declare("work:appeal:view", _("See users' appeals"), roles=("specialist", *_READERS))
APPEAL_ADD = declare("work:appeal:add", _("Bring in users' appeals"), roles=("data_scientist",))
APPEAL_RULE = declare("work:appeal:rule", _("Rule on users' appeals"), roles=("specialist", "quality_manager"))
WEBHOOK_EDIT = declare("work:webhook:edit", _("Say which systems are told of rulings"), roles=())

# What lies in a restricted lane is hidden from every other scope, whoever holds it. A moderator moves what she has in hand
# there by handing it up; this scope is for items wherever they are.
RESTRICTED_ADD = declare(
    "work:restricted:add",
    _("Move items into a restricted lane"),
    roles=("specialist", "lead", "quality_manager"),
)
RESTRICTED_VIEW = declare(
    "work:restricted:view", _("See and settle what lies in restricted lanes"), roles=("specialist",)
)

INCIDENT_VIEW = declare("work:incident:view", _("See incidents"), roles=("specialist", *_READERS))
INCIDENT_EDIT = declare(
    "work:incident:edit", _("Open and run incidents"), roles=("specialist", "lead", "quality_manager")
)

EVENT_VIEW = declare("work:event:view", _("See event modes"), roles=("specialist", *_READERS))
EVENT_EDIT = declare("work:event:edit", _("Switch event modes on and off"), roles=("quality_manager",))
