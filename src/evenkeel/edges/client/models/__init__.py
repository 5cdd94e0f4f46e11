"""Contains all the data models used in inputs/outputs"""

from .import_labels_multi_part_body_params import ImportLabelsMultiPartBodyParams
from .improve_case_out import ImproveCaseOut
from .improve_cause_out import ImproveCauseOut
from .improve_closing_in import ImproveClosingIn
from .improve_coding_in import ImproveCodingIn
from .improve_driver_out import ImproveDriverOut
from .improve_driver_out_cell_item import ImproveDriverOutCellItem
from .improve_estimate_out import ImproveEstimateOut
from .improve_investigation_detail import ImproveInvestigationDetail
from .improve_investigation_detail_state import ImproveInvestigationDetailState
from .improve_investigation_in import ImproveInvestigationIn
from .improve_investigation_out import ImproveInvestigationOut
from .improve_investigation_out_state import ImproveInvestigationOutState
from .improve_investigation_page import ImproveInvestigationPage
from .improve_look_out import ImproveLookOut
from .improve_note_in import ImproveNoteIn
from .improve_note_out import ImproveNoteOut
from .list_figures_by_dimension import ListFiguresByDimension
from .list_investigations_state import ListInvestigationsState
from .me_out import MeOut
from .measure_cut_out import MeasureCutOut
from .measure_disposition_in import MeasureDispositionIn
from .measure_estimate_out import MeasureEstimateOut
from .measure_figure_filters import MeasureFigureFilters
from .measure_figure_out import MeasureFigureOut
from .measure_item_out import MeasureItemOut
from .measure_item_out_counts import MeasureItemOutCounts
from .measure_metric_out import MeasureMetricOut
from .measure_page import MeasurePage
from .measure_point_out import MeasurePointOut
from .measure_rater_out import MeasureRaterOut
from .measure_signal_out import MeasureSignalOut
from .measure_study_figure_out import MeasureStudyFigureOut
from .measure_study_figure_out_detail import MeasureStudyFigureOutDetail
from .policy_in import PolicyIn
from .policy_out import PolicyOut
from .policy_version_in import PolicyVersionIn
from .policy_version_out import PolicyVersionOut
from .problem import Problem
from .problem_fields_type_0 import ProblemFieldsType0
from .quality_audit_out import QualityAuditOut
from .quality_audit_out_content import QualityAuditOutContent
from .quality_audit_out_form import QualityAuditOutForm
from .quality_expert_in import QualityExpertIn
from .quality_expert_out import QualityExpertOut
from .quality_import_in import QualityImportIn
from .quality_import_out import QualityImportOut
from .quality_import_out_report_type_0 import QualityImportOutReportType0
from .quality_plan_in import QualityPlanIn
from .quality_plan_out import QualityPlanOut
from .quality_replay_out import QualityReplayOut
from .quality_replay_out_mismatches_item import QualityReplayOutMismatchesItem
from .quality_take_in import QualityTakeIn
from .quality_verdict_in import QualityVerdictIn
from .quality_verdict_in_answer import QualityVerdictInAnswer
from .quality_verdict_out import QualityVerdictOut
from .work_added_out import WorkAddedOut
from .work_batch_out import WorkBatchOut
from .work_batch_out_forms import WorkBatchOutForms
from .work_batch_out_forms_additional_property import (
    WorkBatchOutFormsAdditionalProperty,
)
from .work_decide_in import WorkDecideIn
from .work_decide_in_answer import WorkDecideInAnswer
from .work_decision_filters import WorkDecisionFilters
from .work_decision_out import WorkDecisionOut
from .work_decision_out_answer import WorkDecisionOutAnswer
from .work_decisions_page import WorkDecisionsPage
from .work_fill_in import WorkFillIn
from .work_form_in import WorkFormIn
from .work_form_in_spec import WorkFormInSpec
from .work_form_out import WorkFormOut
from .work_form_out_spec import WorkFormOutSpec
from .work_held_out import WorkHeldOut
from .work_held_out_leases import WorkHeldOutLeases
from .work_item_in import WorkItemIn
from .work_item_in_attributes import WorkItemInAttributes
from .work_item_in_content import WorkItemInContent
from .work_item_out import WorkItemOut
from .work_item_out_attributes import WorkItemOutAttributes
from .work_item_out_content import WorkItemOutContent
from .work_items_in import WorkItemsIn
from .work_items_page import WorkItemsPage
from .work_lease_out import WorkLeaseOut
from .work_lease_return_in import WorkLeaseReturnIn
from .work_programme_in import WorkProgrammeIn
from .work_programme_out import WorkProgrammeOut
from .work_queue_in import WorkQueueIn
from .work_queue_out import WorkQueueOut
from .work_returned_out import WorkReturnedOut

__all__ = (
    "ImportLabelsMultiPartBodyParams",
    "ImproveCaseOut",
    "ImproveCauseOut",
    "ImproveClosingIn",
    "ImproveCodingIn",
    "ImproveDriverOut",
    "ImproveDriverOutCellItem",
    "ImproveEstimateOut",
    "ImproveInvestigationDetail",
    "ImproveInvestigationDetailState",
    "ImproveInvestigationIn",
    "ImproveInvestigationOut",
    "ImproveInvestigationOutState",
    "ImproveInvestigationPage",
    "ImproveLookOut",
    "ImproveNoteIn",
    "ImproveNoteOut",
    "ListFiguresByDimension",
    "ListInvestigationsState",
    "MeOut",
    "MeasureCutOut",
    "MeasureDispositionIn",
    "MeasureEstimateOut",
    "MeasureFigureFilters",
    "MeasureFigureOut",
    "MeasureItemOut",
    "MeasureItemOutCounts",
    "MeasureMetricOut",
    "MeasurePage",
    "MeasurePointOut",
    "MeasureRaterOut",
    "MeasureSignalOut",
    "MeasureStudyFigureOut",
    "MeasureStudyFigureOutDetail",
    "PolicyIn",
    "PolicyOut",
    "PolicyVersionIn",
    "PolicyVersionOut",
    "Problem",
    "ProblemFieldsType0",
    "QualityAuditOut",
    "QualityAuditOutContent",
    "QualityAuditOutForm",
    "QualityExpertIn",
    "QualityExpertOut",
    "QualityImportIn",
    "QualityImportOut",
    "QualityImportOutReportType0",
    "QualityPlanIn",
    "QualityPlanOut",
    "QualityReplayOut",
    "QualityReplayOutMismatchesItem",
    "QualityTakeIn",
    "QualityVerdictIn",
    "QualityVerdictInAnswer",
    "QualityVerdictOut",
    "WorkAddedOut",
    "WorkBatchOut",
    "WorkBatchOutForms",
    "WorkBatchOutFormsAdditionalProperty",
    "WorkDecideIn",
    "WorkDecideInAnswer",
    "WorkDecisionFilters",
    "WorkDecisionOut",
    "WorkDecisionOutAnswer",
    "WorkDecisionsPage",
    "WorkFillIn",
    "WorkFormIn",
    "WorkFormInSpec",
    "WorkFormOut",
    "WorkFormOutSpec",
    "WorkHeldOut",
    "WorkHeldOutLeases",
    "WorkItemIn",
    "WorkItemInAttributes",
    "WorkItemInContent",
    "WorkItemOut",
    "WorkItemOutAttributes",
    "WorkItemOutContent",
    "WorkItemsIn",
    "WorkItemsPage",
    "WorkLeaseOut",
    "WorkLeaseReturnIn",
    "WorkProgrammeIn",
    "WorkProgrammeOut",
    "WorkQueueIn",
    "WorkQueueOut",
    "WorkReturnedOut",
)
