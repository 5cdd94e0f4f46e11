"""What people may do about quality."""

from django.utils.translation import gettext_lazy as _

from evenkeel.ground.access import declare

_READERS = ("lead", "vendor_manager", "quality_manager", "data_scientist")

AUDIT_DO = declare("quality:audit:do", _("Audit drawn decisions"), roles=("qa_specialist", "quality_manager"))
AUDIT_VIEW = declare(
    "quality:audit:view", _("See audits, their odds and their verdicts"), roles=("qa_specialist", *_READERS)
)
PLAN_VIEW = declare("quality:plan:view", _("See sampling plans"), roles=("qa_specialist", *_READERS))
PLAN_EDIT = declare("quality:plan:edit", _("Start and end sampling plans"), roles=("quality_manager",))
EXPERT_VIEW = declare("quality:expert:view", _("See experts' answers"), roles=("quality_manager", "data_scientist"))
EXPERT_EDIT = declare("quality:expert:edit", _("Say what experts hold to be right"), roles=("quality_manager",))
IMPORT_DO = declare("quality:import:do", _("Import labels made elsewhere"), roles=("quality_manager", "data_scientist"))
DELIVERY_VIEW = declare(
    "quality:delivery:view", _("See deliveries and their verdicts"), roles=("qa_specialist", *_READERS)
)
DELIVERY_ADD = declare(
    "quality:delivery:add", _("Hand in deliveries to be judged"), roles=("vendor_manager", "quality_manager")
)
SCHEME_EDIT = declare(
    "quality:scheme:edit", _("Agree how deliveries are judged, and resume inspection"), roles=("quality_manager",)
)
CALIBRATION_VIEW = declare(
    "quality:calibration:view", _("See calibration sessions and ring tests"), roles=("qa_specialist", *_READERS)
)
CALIBRATION_EDIT = declare(
    "quality:calibration:edit", _("Hold calibration sessions and settle their cases"), roles=("quality_manager",)
)
CALIBRATION_ANSWER = declare(
    "quality:calibration:answer", _("Answer and discuss in calibration sessions one is invited to"), own=True
)
AGREEMENT_VIEW = declare("quality:agreement:view", _("See how far people agree"), roles=("qa_specialist", *_READERS))
AGREEMENT_PERSON = declare(
    "quality:agreement:person", _("See how far single people agree"), roles=("quality_manager", "data_scientist")
)
DOUBT_VIEW = declare(
    "quality:doubt:view", _("See labels that are probably wrong"), roles=("quality_manager", "data_scientist")
)
DOUBT_CHECK = declare("quality:doubt:check", _("Send doubtful labels to be audited"), roles=("quality_manager",))

# Golden items: experts say what is right; whoever keeps them sees who met which.
GOLD_VIEW = declare("quality:gold:view", _("See golden items"), roles=("quality_manager",))
GOLD_SAY = declare("quality:gold:say", _("Propose golden items and agree to them"), roles=("quality_manager",))
GOLD_EDIT = declare(
    "quality:gold:edit", _("Retire golden items and say how many are mixed in"), roles=("quality_manager",)
)
GATE_VIEW = declare(
    "quality:gate:view",
    _("See gates, exams and what they found"),
    roles=("lead", "vendor_manager", "quality_manager"),
)
GATE_EDIT = declare("quality:gate:edit", _("Set up gates and exams"), roles=("quality_manager",))
GATE_LET_BACK = declare("quality:gate:let_back", _("Let people back through a gate"), roles=("lead", "quality_manager"))
AUDIT_SETTLE = declare("quality:audit:settle", _("Settle audits that differ, as an expert"), roles=("quality_manager",))
SCORECARD_EDIT = declare(
    "quality:scorecard:edit", _("Write scorecards and say where they are used"), roles=("quality_manager",)
)
AUDITOR_VIEW = declare(
    "quality:auditor:view", _("See how each auditor agrees with others"), roles=("lead", "quality_manager")
)

# A person's own findings are hers without any role: to read, and to object to.
FINDING_OWN = declare("quality:finding:own", _("See what audits found about one's own decisions"), own=True)
DISPUTE_OWN = declare("quality:dispute:own", _("Dispute findings about one's own decisions"), own=True)
DISPUTE_RAISE = declare(
    "quality:dispute:raise", _("Dispute findings in the name of one's organisation"), roles=("vendor_manager",)
)
DISPUTE_VIEW = declare("quality:dispute:view", _("See disputes and how they were settled"), roles=_READERS)
DISPUTE_ARBITRATE = declare(
    "quality:dispute:arbitrate", _("Arbitrate disputes, blind"), roles=("specialist", "quality_manager")
)
DISPUTE_EDIT = declare(
    "quality:dispute:edit", _("Say how findings are disputed, and for which reasons"), roles=("quality_manager",)
)
FOLLOW_UP_WORK = declare(
    "quality:follow_up:work", _("See to what settled disputes leave to be done"), roles=("quality_manager",)
)
# As narrow as it can be: a look tells that something is unlikely, and people hear that somebody is guilty.
LOOK_TAKE = declare("quality:look:take", _("Take looks that detectors opened"), roles=("quality_manager",))

# How well single people answer: whoever leads them, and each her own.
SKILL_VIEW = declare(
    "quality:skill:view",
    _("See how well single people answer, by class"),
    roles=("lead", "vendor_manager", "quality_manager"),
)
SKILL_OWN = declare("quality:skill:own", _("See how well one answers oneself, by class"), own=True)
