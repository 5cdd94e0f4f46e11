"""Contains all the data models used in inputs/outputs"""

from .add_media_file_params import AddMediaFileParams
from .check_doubtful_labels_response import CheckDoubtfulLabelsResponse
from .evaluate_metric_adjust_type_0 import EvaluateMetricAdjustType0
from .evaluate_metric_aim import EvaluateMetricAim
from .evaluate_metric_by_item import EvaluateMetricByItem
from .evaluate_metric_mix_of_item import EvaluateMetricMixOfItem
from .get_label_config_shows import GetLabelConfigShows
from .import_by_mapping_multi_part_body_params import ImportByMappingMultiPartBodyParams
from .import_file_multi_part_body_params import ImportFileMultiPartBodyParams
from .import_labels_multi_part_body_params import ImportLabelsMultiPartBodyParams
from .improve_accountability_out import ImproveAccountabilityOut
from .improve_action_due_in import ImproveActionDueIn
from .improve_action_in import ImproveActionIn
from .improve_action_out import ImproveActionOut
from .improve_action_owner_in import ImproveActionOwnerIn
from .improve_action_page import ImproveActionPage
from .improve_action_rules_in import ImproveActionRulesIn
from .improve_blind_in import ImproveBlindIn
from .improve_blind_out import ImproveBlindOut
from .improve_branch_out import ImproveBranchOut
from .improve_branch_out_causes import ImproveBranchOutCauses
from .improve_case_out import ImproveCaseOut
from .improve_cause_out import ImproveCauseOut
from .improve_closing_in import ImproveClosingIn
from .improve_coding_in import ImproveCodingIn
from .improve_driver_out import ImproveDriverOut
from .improve_driver_out_cell_item import ImproveDriverOutCellItem
from .improve_effect_check_out import ImproveEffectCheckOut
from .improve_effect_check_out_benefit import ImproveEffectCheckOutBenefit
from .improve_effect_check_out_data_type_0 import ImproveEffectCheckOutDataType0
from .improve_effect_check_out_looks_item import ImproveEffectCheckOutLooksItem
from .improve_effect_plan_in import ImproveEffectPlanIn
from .improve_effect_plan_in_aim import ImproveEffectPlanInAim
from .improve_effect_plan_in_changed import ImproveEffectPlanInChanged
from .improve_effect_plan_in_comparison import ImproveEffectPlanInComparison
from .improve_effect_plan_in_dimension import ImproveEffectPlanInDimension
from .improve_effect_plan_out import ImproveEffectPlanOut
from .improve_effect_plan_out_document import ImproveEffectPlanOutDocument
from .improve_estimate_out import ImproveEstimateOut
from .improve_extension_in import ImproveExtensionIn
from .improve_gate_out import ImproveGateOut
from .improve_ground_in import ImproveGroundIn
from .improve_initiative_detail import ImproveInitiativeDetail
from .improve_initiative_in import ImproveInitiativeIn
from .improve_initiative_out import ImproveInitiativeOut
from .improve_investigation_detail import ImproveInvestigationDetail
from .improve_investigation_detail_state import ImproveInvestigationDetailState
from .improve_investigation_in import ImproveInvestigationIn
from .improve_investigation_out import ImproveInvestigationOut
from .improve_investigation_out_state import ImproveInvestigationOutState
from .improve_investigation_page import ImproveInvestigationPage
from .improve_lesson_in import ImproveLessonIn
from .improve_lesson_out import ImproveLessonOut
from .improve_look_out import ImproveLookOut
from .improve_note_in import ImproveNoteIn
from .improve_note_out import ImproveNoteOut
from .improve_recommendation_in import ImproveRecommendationIn
from .improve_recommendation_out import ImproveRecommendationOut
from .improve_ruling_in import ImproveRulingIn
from .improve_ruling_in_party import ImproveRulingInParty
from .improve_run_out import ImproveRunOut
from .improve_sign_in import ImproveSignIn
from .improve_suggestion_in import ImproveSuggestionIn
from .improve_suggestion_out import ImproveSuggestionOut
from .improve_tollgate_in import ImproveTollgateIn
from .improve_triage_in import ImproveTriageIn
from .improve_validation_out import ImproveValidationOut
from .improve_vote_in import ImproveVoteIn
from .improve_why_in import ImproveWhyIn
from .improve_why_out import ImproveWhyOut
from .list_figures_by_dimension import ListFiguresByDimension
from .list_investigations_state import ListInvestigationsState
from .me_out import MeOut
from .measure_adjusted_out import MeasureAdjustedOut
from .measure_budget_in import MeasureBudgetIn
from .measure_budget_out import MeasureBudgetOut
from .measure_budget_set import MeasureBudgetSet
from .measure_cell_out import MeasureCellOut
from .measure_cell_out_names import MeasureCellOutNames
from .measure_cell_out_values import MeasureCellOutValues
from .measure_channel_in import MeasureChannelIn
from .measure_channel_made import MeasureChannelMade
from .measure_channel_out import MeasureChannelOut
from .measure_check_out import MeasureCheckOut
from .measure_check_out_fields import MeasureCheckOutFields
from .measure_cut_out import MeasureCutOut
from .measure_data_problem_out import MeasureDataProblemOut
from .measure_definition_in import MeasureDefinitionIn
from .measure_definition_in_rows_item import MeasureDefinitionInRowsItem
from .measure_definition_in_sort import MeasureDefinitionInSort
from .measure_definition_out import MeasureDefinitionOut
from .measure_disposition_in import MeasureDispositionIn
from .measure_end_in import MeasureEndIn
from .measure_estimate_out import MeasureEstimateOut
from .measure_evaluation_filters import MeasureEvaluationFilters
from .measure_evaluation_filters_adjust_type_0 import (
    MeasureEvaluationFiltersAdjustType0,
)
from .measure_evaluation_filters_aim import MeasureEvaluationFiltersAim
from .measure_evaluation_filters_by_item import MeasureEvaluationFiltersByItem
from .measure_evaluation_filters_mix_of_item import MeasureEvaluationFiltersMixOfItem
from .measure_evaluation_out import MeasureEvaluationOut
from .measure_figure_filters import MeasureFigureFilters
from .measure_figure_out import MeasureFigureOut
from .measure_item_out import MeasureItemOut
from .measure_item_out_counts import MeasureItemOutCounts
from .measure_member_out import MeasureMemberOut
from .measure_metric_out import MeasureMetricOut
from .measure_mistake_out import MeasureMistakeOut
from .measure_owner_in import MeasureOwnerIn
from .measure_page import MeasurePage
from .measure_point_out import MeasurePointOut
from .measure_rater_out import MeasureRaterOut
from .measure_reason_in import MeasureReasonIn
from .measure_said_in import MeasureSaidIn
from .measure_said_in_rows_item import MeasureSaidInRowsItem
from .measure_said_in_sort import MeasureSaidInSort
from .measure_signal_out import MeasureSignalOut
from .measure_snooze_in import MeasureSnoozeIn
from .measure_standing_filters import MeasureStandingFilters
from .measure_standing_out import MeasureStandingOut
from .measure_study_figure_out import MeasureStudyFigureOut
from .measure_study_figure_out_detail import MeasureStudyFigureOutDetail
from .measure_target_in import MeasureTargetIn
from .measure_target_out import MeasureTargetOut
from .measure_version_out import MeasureVersionOut
from .measure_version_out_populations import MeasureVersionOutPopulations
from .measure_version_out_rows_item import MeasureVersionOutRowsItem
from .measure_watch_in import MeasureWatchIn
from .measure_watch_in_kind import MeasureWatchInKind
from .measure_watch_in_sort import MeasureWatchInSort
from .measure_watch_out import MeasureWatchOut
from .people_account_in import PeopleAccountIn
from .people_account_link_in import PeopleAccountLinkIn
from .people_account_out import PeopleAccountOut
from .people_bad_cell_out import PeopleBadCellOut
from .people_correction_in import PeopleCorrectionIn
from .people_day_out import PeopleDayOut
from .people_day_out_seconds import PeopleDayOutSeconds
from .people_downtime_in import PeopleDowntimeIn
from .people_downtime_out import PeopleDowntimeOut
from .people_grant_in import PeopleGrantIn
from .people_grant_out import PeopleGrantOut
from .people_leaving_in import PeopleLeavingIn
from .people_name_in import PeopleNameIn
from .people_organisation_out import PeopleOrganisationOut
from .people_role_out import PeopleRoleOut
from .people_site_in import PeopleSiteIn
from .people_site_out import PeopleSiteOut
from .people_staff_in import PeopleStaffIn
from .people_staff_out import PeopleStaffOut
from .people_staff_row_in import PeopleStaffRowIn
from .people_state_in import PeopleStateIn
from .people_state_out import PeopleStateOut
from .people_stretch_out import PeopleStretchOut
from .people_team_out import PeopleTeamOut
from .people_worker_change import PeopleWorkerChange
from .people_worker_in import PeopleWorkerIn
from .people_worker_out import PeopleWorkerOut
from .people_worker_page import PeopleWorkerPage
from .people_worker_skill_in import PeopleWorkerSkillIn
from .policy_certificate_in import PolicyCertificateIn
from .policy_certificate_out import PolicyCertificateOut
from .policy_certification_in import PolicyCertificationIn
from .policy_certification_out import PolicyCertificationOut
from .policy_change_answer_in import PolicyChangeAnswerIn
from .policy_change_request_in import PolicyChangeRequestIn
from .policy_change_request_out import PolicyChangeRequestOut
from .policy_change_request_out_state import PolicyChangeRequestOutState
from .policy_evidence_page import PolicyEvidencePage
from .policy_example_in import PolicyExampleIn
from .policy_example_out import PolicyExampleOut
from .policy_in import PolicyIn
from .policy_out import PolicyOut
from .policy_sop_in import PolicySopIn
from .policy_sop_out import PolicySopOut
from .policy_sop_row import PolicySopRow
from .policy_translation_in import PolicyTranslationIn
from .policy_translation_out import PolicyTranslationOut
from .policy_version_in import PolicyVersionIn
from .policy_version_out import PolicyVersionOut
from .policy_withdraw_in import PolicyWithdrawIn
from .problem import Problem
from .problem_fields_type_0 import ProblemFieldsType0
from .quality_answer_in import QualityAnswerIn
from .quality_answer_in_answer import QualityAnswerInAnswer
from .quality_answer_out import QualityAnswerOut
from .quality_arbitrate_in import QualityArbitrateIn
from .quality_arbitrate_in_answer import QualityArbitrateInAnswer
from .quality_arbitration_out import QualityArbitrationOut
from .quality_arbitration_out_content import QualityArbitrationOutContent
from .quality_arbitration_out_form import QualityArbitrationOutForm
from .quality_audit_check_out import QualityAuditCheckOut
from .quality_audit_out import QualityAuditOut
from .quality_audit_out_content import QualityAuditOutContent
from .quality_audit_out_form import QualityAuditOutForm
from .quality_auditor_rule_in import QualityAuditorRuleIn
from .quality_auditor_rule_out import QualityAuditorRuleOut
from .quality_bad_row_out import QualityBadRowOut
from .quality_band_out import QualityBandOut
from .quality_band_out_found import QualityBandOutFound
from .quality_batch_in import QualityBatchIn
from .quality_batch_out import QualityBatchOut
from .quality_batch_out_plan import QualityBatchOutPlan
from .quality_case_out import QualityCaseOut
from .quality_change_in import QualityChangeIn
from .quality_change_in_layers_item import QualityChangeInLayersItem
from .quality_check_answer_out import QualityCheckAnswerOut
from .quality_check_out import QualityCheckOut
from .quality_check_out_content import QualityCheckOutContent
from .quality_check_out_form import QualityCheckOutForm
from .quality_check_rule_in import QualityCheckRuleIn
from .quality_check_rule_out import QualityCheckRuleOut
from .quality_checks_in import QualityChecksIn
from .quality_cut_out import QualityCutOut
from .quality_cut_out_ac_1 import QualityCutOutAc1
from .quality_cut_out_alpha import QualityCutOutAlpha
from .quality_cut_out_percent import QualityCutOutPercent
from .quality_dispute_in import QualityDisputeIn
from .quality_dispute_out import QualityDisputeOut
from .quality_disputes_page import QualityDisputesPage
from .quality_doubt_out import QualityDoubtOut
from .quality_exam_call_out import QualityExamCallOut
from .quality_exam_in import QualityExamIn
from .quality_expert_in import QualityExpertIn
from .quality_expert_out import QualityExpertOut
from .quality_finding_out import QualityFindingOut
from .quality_gate_in import QualityGateIn
from .quality_gate_in_consequence import QualityGateInConsequence
from .quality_gate_verdict_out import QualityGateVerdictOut
from .quality_gold_import_out import QualityGoldImportOut
from .quality_gold_in import QualityGoldIn
from .quality_gold_in_provenance import QualityGoldInProvenance
from .quality_gold_out import QualityGoldOut
from .quality_gold_row_in import QualityGoldRowIn
from .quality_golds_in import QualityGoldsIn
from .quality_import_in import QualityImportIn
from .quality_import_out import QualityImportOut
from .quality_import_out_report_type_0 import QualityImportOutReportType0
from .quality_importer_out import QualityImporterOut
from .quality_layer_out import QualityLayerOut
from .quality_layer_out_settings_item import QualityLayerOutSettingsItem
from .quality_made_out import QualityMadeOut
from .quality_mapping_in import QualityMappingIn
from .quality_mapping_in_spec import QualityMappingInSpec
from .quality_mapping_out import QualityMappingOut
from .quality_mapping_out_spec import QualityMappingOutSpec
from .quality_mix_in import QualityMixIn
from .quality_part_out import QualityPartOut
from .quality_part_out_accuracy import QualityPartOutAccuracy
from .quality_plan_in import QualityPlanIn
from .quality_plan_in_layers_item import QualityPlanInLayersItem
from .quality_plan_out import QualityPlanOut
from .quality_plan_out_layers_item import QualityPlanOutLayersItem
from .quality_preview_in import QualityPreviewIn
from .quality_preview_in_layers_item import QualityPreviewInLayersItem
from .quality_preview_out import QualityPreviewOut
from .quality_preview_out_by_layer import QualityPreviewOutByLayer
from .quality_reason_out import QualityReasonOut
from .quality_replay_out import QualityReplayOut
from .quality_replay_out_mismatches_item import QualityReplayOutMismatchesItem
from .quality_resume_in import QualityResumeIn
from .quality_rhythm_in import QualityRhythmIn
from .quality_rhythm_in_every import QualityRhythmInEvery
from .quality_rhythm_out import QualityRhythmOut
from .quality_run_in import QualityRunIn
from .quality_run_out import QualityRunOut
from .quality_run_out_bad_rows_item import QualityRunOutBadRowsItem
from .quality_run_out_counts import QualityRunOutCounts
from .quality_scheme_in import QualitySchemeIn
from .quality_scheme_out import QualitySchemeOut
from .quality_scorecard_in import QualityScorecardIn
from .quality_scorecard_in_spec import QualityScorecardInSpec
from .quality_scorecard_out import QualityScorecardOut
from .quality_scorecard_version_in import QualityScorecardVersionIn
from .quality_scorecard_version_in_spec import QualityScorecardVersionInSpec
from .quality_scorecard_version_out import QualityScorecardVersionOut
from .quality_scorecard_version_out_spec import QualityScorecardVersionOutSpec
from .quality_scoring_in import QualityScoringIn
from .quality_scoring_in_marks import QualityScoringInMarks
from .quality_scoring_out import QualityScoringOut
from .quality_scoring_out_marks import QualityScoringOutMarks
from .quality_scoring_out_parts import QualityScoringOutParts
from .quality_session_in import QualitySessionIn
from .quality_session_out import QualitySessionOut
from .quality_session_with_cases import QualitySessionWithCases
from .quality_settle_in import QualitySettleIn
from .quality_settle_in_answer import QualitySettleInAnswer
from .quality_settlement_out import QualitySettlementOut
from .quality_share_out import QualityShareOut
from .quality_side_out import QualitySideOut
from .quality_side_out_answer import QualitySideOutAnswer
from .quality_skill_out import QualitySkillOut
from .quality_skill_out_by_class import QualitySkillOutByClass
from .quality_skill_row_out import QualitySkillRowOut
from .quality_skill_share_out import QualitySkillShareOut
from .quality_stored_design_out import QualityStoredDesignOut
from .quality_stored_design_out_days_item import QualityStoredDesignOutDaysItem
from .quality_stored_design_out_versions_item import QualityStoredDesignOutVersionsItem
from .quality_take_in import QualityTakeIn
from .quality_unclear_out import QualityUnclearOut
from .quality_unclear_out_estimate import QualityUnclearOutEstimate
from .quality_use_in import QualityUseIn
from .quality_use_out import QualityUseOut
from .quality_verdict_in import QualityVerdictIn
from .quality_verdict_in_answer import QualityVerdictInAnswer
from .quality_verdict_out import QualityVerdictOut
from .quality_voice_in import QualityVoiceIn
from .quality_why_in import QualityWhyIn
from .quality_why_no_audit_out import QualityWhyNoAuditOut
from .quality_worker_skill_out import QualityWorkerSkillOut
from .reports_board_out import ReportsBoardOut
from .reports_dashboard_in import ReportsDashboardIn
from .reports_dashboard_out import ReportsDashboardOut
from .reports_exploration_in import ReportsExplorationIn
from .reports_exploration_in_audience import ReportsExplorationInAudience
from .reports_exploration_out import ReportsExplorationOut
from .reports_exploration_out_asked import ReportsExplorationOutAsked
from .reports_exploration_out_audience import ReportsExplorationOutAudience
from .reports_export_out import ReportsExportOut
from .reports_export_out_asked import ReportsExportOutAsked
from .reports_facts_file_in import ReportsFactsFileIn
from .reports_figure_out import ReportsFigureOut
from .reports_figures_file_in import ReportsFiguresFileIn
from .reports_figures_file_in_by_item import ReportsFiguresFileInByItem
from .reports_order_in import ReportsOrderIn
from .reports_point_out import ReportsPointOut
from .reports_question_in import ReportsQuestionIn
from .reports_question_in_by_item import ReportsQuestionInByItem
from .reports_question_in_compare import ReportsQuestionInCompare
from .reports_question_in_drawing_type_0 import ReportsQuestionInDrawingType0
from .reports_question_in_fair import ReportsQuestionInFair
from .reports_target_out import ReportsTargetOut
from .reports_target_out_band import ReportsTargetOutBand
from .reports_target_out_state import ReportsTargetOutState
from .reports_tile_in import ReportsTileIn
from .reports_tile_in_by_item import ReportsTileInByItem
from .reports_tile_in_compare import ReportsTileInCompare
from .reports_tile_in_drawing_type_0 import ReportsTileInDrawingType0
from .reports_tile_in_fair import ReportsTileInFair
from .reports_tile_out import ReportsTileOut
from .twin_compared_out import TwinComparedOut
from .twin_found_out import TwinFoundOut
from .twin_study_detail import TwinStudyDetail
from .twin_study_in import TwinStudyIn
from .twin_study_out import TwinStudyOut
from .twin_variant_in import TwinVariantIn
from .twin_variant_out import TwinVariantOut
from .work_action_in import WorkActionIn
from .work_action_out import WorkActionOut
from .work_added_out import WorkAddedOut
from .work_answer_in import WorkAnswerIn
from .work_appeal_in import WorkAppealIn
from .work_appeal_out import WorkAppealOut
from .work_appeals_page import WorkAppealsPage
from .work_applied_out import WorkAppliedOut
from .work_apply_in import WorkApplyIn
from .work_banner_out import WorkBannerOut
from .work_batch_out import WorkBatchOut
from .work_batch_out_forms import WorkBatchOutForms
from .work_batch_out_forms_additional_property import (
    WorkBatchOutFormsAdditionalProperty,
)
from .work_batch_out_schemas import WorkBatchOutSchemas
from .work_batch_out_schemas_additional_property import (
    WorkBatchOutSchemasAdditionalProperty,
)
from .work_beside_out import WorkBesideOut
from .work_beside_out_items import WorkBesideOutItems
from .work_bulk_in import WorkBulkIn
from .work_bulk_out import WorkBulkOut
from .work_bulk_out_counts import WorkBulkOutCounts
from .work_check_out import WorkCheckOut
from .work_config_in import WorkConfigIn
from .work_config_out import WorkConfigOut
from .work_correction_in import WorkCorrectionIn
from .work_correction_in_answer import WorkCorrectionInAnswer
from .work_decide_each_in import WorkDecideEachIn
from .work_decide_in import WorkDecideIn
from .work_decide_in_answer import WorkDecideInAnswer
from .work_decide_in_media_acts_type_0 import WorkDecideInMediaActsType0
from .work_decide_one_in import WorkDecideOneIn
from .work_decide_one_in_answer import WorkDecideOneInAnswer
from .work_decide_one_in_media_acts_type_0 import WorkDecideOneInMediaActsType0
from .work_decided_out import WorkDecidedOut
from .work_decision_filters import WorkDecisionFilters
from .work_decision_out import WorkDecisionOut
from .work_decision_out_answer import WorkDecisionOutAnswer
from .work_decisions_page import WorkDecisionsPage
from .work_default_in import WorkDefaultIn
from .work_deliveries_page import WorkDeliveriesPage
from .work_delivery_out import WorkDeliveryOut
from .work_desk_preference_in import WorkDeskPreferenceIn
from .work_desk_preference_out import WorkDeskPreferenceOut
from .work_endpoint_in import WorkEndpointIn
from .work_endpoint_out import WorkEndpointOut
from .work_engagement_in import WorkEngagementIn
from .work_engagement_out import WorkEngagementOut
from .work_entry_in import WorkEntryIn
from .work_entry_out import WorkEntryOut
from .work_escalate_in import WorkEscalateIn
from .work_escalated_out import WorkEscalatedOut
from .work_escalation_out import WorkEscalationOut
from .work_escalations_page import WorkEscalationsPage
from .work_event_mode_in import WorkEventModeIn
from .work_event_mode_out import WorkEventModeOut
from .work_event_modes_page import WorkEventModesPage
from .work_export_in import WorkExportIn
from .work_fill_in import WorkFillIn
from .work_form_in import WorkFormIn
from .work_form_in_spec import WorkFormInSpec
from .work_form_out import WorkFormOut
from .work_form_out_spec import WorkFormOutSpec
from .work_hand_out import WorkHandOut
from .work_hand_out_in import WorkHandOutIn
from .work_hand_out_in_overlap_rule import WorkHandOutInOverlapRule
from .work_hand_out_in_prelabel import WorkHandOutInPrelabel
from .work_hand_out_in_priority_rule import WorkHandOutInPriorityRule
from .work_hand_out_overlap_rule import WorkHandOutOverlapRule
from .work_hand_out_prelabel import WorkHandOutPrelabel
from .work_hand_out_priority_rule import WorkHandOutPriorityRule
from .work_held_out import WorkHeldOut
from .work_held_out_leases import WorkHeldOutLeases
from .work_import_file_in import WorkImportFileIn
from .work_incident_in import WorkIncidentIn
from .work_incident_out import WorkIncidentOut
from .work_incident_whole import WorkIncidentWhole
from .work_incident_whole_review import WorkIncidentWholeReview
from .work_incidents_page import WorkIncidentsPage
from .work_item_in import WorkItemIn
from .work_item_in_attributes import WorkItemInAttributes
from .work_item_in_content import WorkItemInContent
from .work_item_out import WorkItemOut
from .work_item_out_attributes import WorkItemOutAttributes
from .work_item_out_content import WorkItemOutContent
from .work_items_in import WorkItemsIn
from .work_items_page import WorkItemsPage
from .work_lane_in import WorkLaneIn
from .work_lane_out import WorkLaneOut
from .work_lease_out import WorkLeaseOut
from .work_lease_return_in import WorkLeaseReturnIn
from .work_levels_in import WorkLevelsIn
from .work_link_in import WorkLinkIn
from .work_matrix_in import WorkMatrixIn
from .work_matrix_out import WorkMatrixOut
from .work_media_fetch_in import WorkMediaFetchIn
from .work_media_link_in import WorkMediaLinkIn
from .work_media_out import WorkMediaOut
from .work_move_in import WorkMoveIn
from .work_note_in import WorkNoteIn
from .work_outcome_out import WorkOutcomeOut
from .work_overturn_in import WorkOverturnIn
from .work_overturn_in_answer import WorkOverturnInAnswer
from .work_predicted_out import WorkPredictedOut
from .work_prediction_in import WorkPredictionIn
from .work_prediction_in_answer import WorkPredictionInAnswer
from .work_predictions_in import WorkPredictionsIn
from .work_prelabel_out import WorkPrelabelOut
from .work_prelabel_out_answer import WorkPrelabelOutAnswer
from .work_preview_out import WorkPreviewOut
from .work_preview_out_by_queue_item import WorkPreviewOutByQueueItem
from .work_problem_out import WorkProblemOut
from .work_problem_out_fields import WorkProblemOutFields
from .work_programme_change import WorkProgrammeChange
from .work_programme_in import WorkProgrammeIn
from .work_programme_out import WorkProgrammeOut
from .work_question_in import WorkQuestionIn
from .work_question_out import WorkQuestionOut
from .work_questions_page import WorkQuestionsPage
from .work_queue_change import WorkQueueChange
from .work_queue_in import WorkQueueIn
from .work_queue_out import WorkQueueOut
from .work_reason_in import WorkReasonIn
from .work_reason_out import WorkReasonOut
from .work_release_in import WorkReleaseIn
from .work_restrict_in import WorkRestrictIn
from .work_restricted_out import WorkRestrictedOut
from .work_restricted_page import WorkRestrictedPage
from .work_returned_out import WorkReturnedOut
from .work_review_in import WorkReviewIn
from .work_role_in import WorkRoleIn
from .work_route_out import WorkRouteOut
from .work_rule_in import WorkRuleIn
from .work_rule_in_condition import WorkRuleInCondition
from .work_rule_move_in import WorkRuleMoveIn
from .work_rule_out import WorkRuleOut
from .work_rule_out_condition import WorkRuleOutCondition
from .work_said_out import WorkSaidOut
from .work_selection_in import WorkSelectionIn
from .work_settle_in import WorkSettleIn
from .work_settle_in_answer import WorkSettleInAnswer
from .work_step_out import WorkStepOut
from .work_take_next_in import WorkTakeNextIn
from .work_taken_out import WorkTakenOut
from .work_tested_out import WorkTestedOut
from .work_tier_decision_in import WorkTierDecisionIn
from .work_tier_decision_in_answer import WorkTierDecisionInAnswer
from .work_tier_in import WorkTierIn
from .work_tier_out import WorkTierOut
from .work_transfer_out import WorkTransferOut
from .work_transfer_out_bad_rows_item import WorkTransferOutBadRowsItem
from .work_transfer_out_counts import WorkTransferOutCounts
from .work_uphold_in import WorkUpholdIn
from .work_where_out import WorkWhereOut
from .work_why_not_out import WorkWhyNotOut
from .worker_skill_by import WorkerSkillBy

__all__ = (
    "AddMediaFileParams",
    "CheckDoubtfulLabelsResponse",
    "EvaluateMetricAdjustType0",
    "EvaluateMetricAim",
    "EvaluateMetricByItem",
    "EvaluateMetricMixOfItem",
    "GetLabelConfigShows",
    "ImportByMappingMultiPartBodyParams",
    "ImportFileMultiPartBodyParams",
    "ImportLabelsMultiPartBodyParams",
    "ImproveAccountabilityOut",
    "ImproveActionDueIn",
    "ImproveActionIn",
    "ImproveActionOut",
    "ImproveActionOwnerIn",
    "ImproveActionPage",
    "ImproveActionRulesIn",
    "ImproveBlindIn",
    "ImproveBlindOut",
    "ImproveBranchOut",
    "ImproveBranchOutCauses",
    "ImproveCaseOut",
    "ImproveCauseOut",
    "ImproveClosingIn",
    "ImproveCodingIn",
    "ImproveDriverOut",
    "ImproveDriverOutCellItem",
    "ImproveEffectCheckOut",
    "ImproveEffectCheckOutBenefit",
    "ImproveEffectCheckOutDataType0",
    "ImproveEffectCheckOutLooksItem",
    "ImproveEffectPlanIn",
    "ImproveEffectPlanInAim",
    "ImproveEffectPlanInChanged",
    "ImproveEffectPlanInComparison",
    "ImproveEffectPlanInDimension",
    "ImproveEffectPlanOut",
    "ImproveEffectPlanOutDocument",
    "ImproveEstimateOut",
    "ImproveExtensionIn",
    "ImproveGateOut",
    "ImproveGroundIn",
    "ImproveInitiativeDetail",
    "ImproveInitiativeIn",
    "ImproveInitiativeOut",
    "ImproveInvestigationDetail",
    "ImproveInvestigationDetailState",
    "ImproveInvestigationIn",
    "ImproveInvestigationOut",
    "ImproveInvestigationOutState",
    "ImproveInvestigationPage",
    "ImproveLessonIn",
    "ImproveLessonOut",
    "ImproveLookOut",
    "ImproveNoteIn",
    "ImproveNoteOut",
    "ImproveRecommendationIn",
    "ImproveRecommendationOut",
    "ImproveRulingIn",
    "ImproveRulingInParty",
    "ImproveRunOut",
    "ImproveSignIn",
    "ImproveSuggestionIn",
    "ImproveSuggestionOut",
    "ImproveTollgateIn",
    "ImproveTriageIn",
    "ImproveValidationOut",
    "ImproveVoteIn",
    "ImproveWhyIn",
    "ImproveWhyOut",
    "ListFiguresByDimension",
    "ListInvestigationsState",
    "MeOut",
    "MeasureAdjustedOut",
    "MeasureBudgetIn",
    "MeasureBudgetOut",
    "MeasureBudgetSet",
    "MeasureCellOut",
    "MeasureCellOutNames",
    "MeasureCellOutValues",
    "MeasureChannelIn",
    "MeasureChannelMade",
    "MeasureChannelOut",
    "MeasureCheckOut",
    "MeasureCheckOutFields",
    "MeasureCutOut",
    "MeasureDataProblemOut",
    "MeasureDefinitionIn",
    "MeasureDefinitionInRowsItem",
    "MeasureDefinitionInSort",
    "MeasureDefinitionOut",
    "MeasureDispositionIn",
    "MeasureEndIn",
    "MeasureEstimateOut",
    "MeasureEvaluationFilters",
    "MeasureEvaluationFiltersAdjustType0",
    "MeasureEvaluationFiltersAim",
    "MeasureEvaluationFiltersByItem",
    "MeasureEvaluationFiltersMixOfItem",
    "MeasureEvaluationOut",
    "MeasureFigureFilters",
    "MeasureFigureOut",
    "MeasureItemOut",
    "MeasureItemOutCounts",
    "MeasureMemberOut",
    "MeasureMetricOut",
    "MeasureMistakeOut",
    "MeasureOwnerIn",
    "MeasurePage",
    "MeasurePointOut",
    "MeasureRaterOut",
    "MeasureReasonIn",
    "MeasureSaidIn",
    "MeasureSaidInRowsItem",
    "MeasureSaidInSort",
    "MeasureSignalOut",
    "MeasureSnoozeIn",
    "MeasureStandingFilters",
    "MeasureStandingOut",
    "MeasureStudyFigureOut",
    "MeasureStudyFigureOutDetail",
    "MeasureTargetIn",
    "MeasureTargetOut",
    "MeasureVersionOut",
    "MeasureVersionOutPopulations",
    "MeasureVersionOutRowsItem",
    "MeasureWatchIn",
    "MeasureWatchInKind",
    "MeasureWatchInSort",
    "MeasureWatchOut",
    "PeopleAccountIn",
    "PeopleAccountLinkIn",
    "PeopleAccountOut",
    "PeopleBadCellOut",
    "PeopleCorrectionIn",
    "PeopleDayOut",
    "PeopleDayOutSeconds",
    "PeopleDowntimeIn",
    "PeopleDowntimeOut",
    "PeopleGrantIn",
    "PeopleGrantOut",
    "PeopleLeavingIn",
    "PeopleNameIn",
    "PeopleOrganisationOut",
    "PeopleRoleOut",
    "PeopleSiteIn",
    "PeopleSiteOut",
    "PeopleStaffIn",
    "PeopleStaffOut",
    "PeopleStaffRowIn",
    "PeopleStateIn",
    "PeopleStateOut",
    "PeopleStretchOut",
    "PeopleTeamOut",
    "PeopleWorkerChange",
    "PeopleWorkerIn",
    "PeopleWorkerOut",
    "PeopleWorkerPage",
    "PeopleWorkerSkillIn",
    "PolicyCertificateIn",
    "PolicyCertificateOut",
    "PolicyCertificationIn",
    "PolicyCertificationOut",
    "PolicyChangeAnswerIn",
    "PolicyChangeRequestIn",
    "PolicyChangeRequestOut",
    "PolicyChangeRequestOutState",
    "PolicyEvidencePage",
    "PolicyExampleIn",
    "PolicyExampleOut",
    "PolicyIn",
    "PolicyOut",
    "PolicySopIn",
    "PolicySopOut",
    "PolicySopRow",
    "PolicyTranslationIn",
    "PolicyTranslationOut",
    "PolicyVersionIn",
    "PolicyVersionOut",
    "PolicyWithdrawIn",
    "Problem",
    "ProblemFieldsType0",
    "QualityAnswerIn",
    "QualityAnswerInAnswer",
    "QualityAnswerOut",
    "QualityArbitrateIn",
    "QualityArbitrateInAnswer",
    "QualityArbitrationOut",
    "QualityArbitrationOutContent",
    "QualityArbitrationOutForm",
    "QualityAuditCheckOut",
    "QualityAuditOut",
    "QualityAuditOutContent",
    "QualityAuditOutForm",
    "QualityAuditorRuleIn",
    "QualityAuditorRuleOut",
    "QualityBadRowOut",
    "QualityBandOut",
    "QualityBandOutFound",
    "QualityBatchIn",
    "QualityBatchOut",
    "QualityBatchOutPlan",
    "QualityCaseOut",
    "QualityChangeIn",
    "QualityChangeInLayersItem",
    "QualityCheckAnswerOut",
    "QualityCheckOut",
    "QualityCheckOutContent",
    "QualityCheckOutForm",
    "QualityCheckRuleIn",
    "QualityCheckRuleOut",
    "QualityChecksIn",
    "QualityCutOut",
    "QualityCutOutAc1",
    "QualityCutOutAlpha",
    "QualityCutOutPercent",
    "QualityDisputeIn",
    "QualityDisputeOut",
    "QualityDisputesPage",
    "QualityDoubtOut",
    "QualityExamCallOut",
    "QualityExamIn",
    "QualityExpertIn",
    "QualityExpertOut",
    "QualityFindingOut",
    "QualityGateIn",
    "QualityGateInConsequence",
    "QualityGateVerdictOut",
    "QualityGoldImportOut",
    "QualityGoldIn",
    "QualityGoldInProvenance",
    "QualityGoldOut",
    "QualityGoldRowIn",
    "QualityGoldsIn",
    "QualityImportIn",
    "QualityImportOut",
    "QualityImportOutReportType0",
    "QualityImporterOut",
    "QualityLayerOut",
    "QualityLayerOutSettingsItem",
    "QualityMadeOut",
    "QualityMappingIn",
    "QualityMappingInSpec",
    "QualityMappingOut",
    "QualityMappingOutSpec",
    "QualityMixIn",
    "QualityPartOut",
    "QualityPartOutAccuracy",
    "QualityPlanIn",
    "QualityPlanInLayersItem",
    "QualityPlanOut",
    "QualityPlanOutLayersItem",
    "QualityPreviewIn",
    "QualityPreviewInLayersItem",
    "QualityPreviewOut",
    "QualityPreviewOutByLayer",
    "QualityReasonOut",
    "QualityReplayOut",
    "QualityReplayOutMismatchesItem",
    "QualityResumeIn",
    "QualityRhythmIn",
    "QualityRhythmInEvery",
    "QualityRhythmOut",
    "QualityRunIn",
    "QualityRunOut",
    "QualityRunOutBadRowsItem",
    "QualityRunOutCounts",
    "QualitySchemeIn",
    "QualitySchemeOut",
    "QualityScorecardIn",
    "QualityScorecardInSpec",
    "QualityScorecardOut",
    "QualityScorecardVersionIn",
    "QualityScorecardVersionInSpec",
    "QualityScorecardVersionOut",
    "QualityScorecardVersionOutSpec",
    "QualityScoringIn",
    "QualityScoringInMarks",
    "QualityScoringOut",
    "QualityScoringOutMarks",
    "QualityScoringOutParts",
    "QualitySessionIn",
    "QualitySessionOut",
    "QualitySessionWithCases",
    "QualitySettleIn",
    "QualitySettleInAnswer",
    "QualitySettlementOut",
    "QualityShareOut",
    "QualitySideOut",
    "QualitySideOutAnswer",
    "QualitySkillOut",
    "QualitySkillOutByClass",
    "QualitySkillRowOut",
    "QualitySkillShareOut",
    "QualityStoredDesignOut",
    "QualityStoredDesignOutDaysItem",
    "QualityStoredDesignOutVersionsItem",
    "QualityTakeIn",
    "QualityUnclearOut",
    "QualityUnclearOutEstimate",
    "QualityUseIn",
    "QualityUseOut",
    "QualityVerdictIn",
    "QualityVerdictInAnswer",
    "QualityVerdictOut",
    "QualityVoiceIn",
    "QualityWhyIn",
    "QualityWhyNoAuditOut",
    "QualityWorkerSkillOut",
    "ReportsBoardOut",
    "ReportsDashboardIn",
    "ReportsDashboardOut",
    "ReportsExplorationIn",
    "ReportsExplorationInAudience",
    "ReportsExplorationOut",
    "ReportsExplorationOutAsked",
    "ReportsExplorationOutAudience",
    "ReportsExportOut",
    "ReportsExportOutAsked",
    "ReportsFactsFileIn",
    "ReportsFigureOut",
    "ReportsFiguresFileIn",
    "ReportsFiguresFileInByItem",
    "ReportsOrderIn",
    "ReportsPointOut",
    "ReportsQuestionIn",
    "ReportsQuestionInByItem",
    "ReportsQuestionInCompare",
    "ReportsQuestionInDrawingType0",
    "ReportsQuestionInFair",
    "ReportsTargetOut",
    "ReportsTargetOutBand",
    "ReportsTargetOutState",
    "ReportsTileIn",
    "ReportsTileInByItem",
    "ReportsTileInCompare",
    "ReportsTileInDrawingType0",
    "ReportsTileInFair",
    "ReportsTileOut",
    "TwinComparedOut",
    "TwinFoundOut",
    "TwinStudyDetail",
    "TwinStudyIn",
    "TwinStudyOut",
    "TwinVariantIn",
    "TwinVariantOut",
    "WorkActionIn",
    "WorkActionOut",
    "WorkAddedOut",
    "WorkAnswerIn",
    "WorkAppealIn",
    "WorkAppealOut",
    "WorkAppealsPage",
    "WorkAppliedOut",
    "WorkApplyIn",
    "WorkBannerOut",
    "WorkBatchOut",
    "WorkBatchOutForms",
    "WorkBatchOutFormsAdditionalProperty",
    "WorkBatchOutSchemas",
    "WorkBatchOutSchemasAdditionalProperty",
    "WorkBesideOut",
    "WorkBesideOutItems",
    "WorkBulkIn",
    "WorkBulkOut",
    "WorkBulkOutCounts",
    "WorkCheckOut",
    "WorkConfigIn",
    "WorkConfigOut",
    "WorkCorrectionIn",
    "WorkCorrectionInAnswer",
    "WorkDecideEachIn",
    "WorkDecideIn",
    "WorkDecideInAnswer",
    "WorkDecideInMediaActsType0",
    "WorkDecideOneIn",
    "WorkDecideOneInAnswer",
    "WorkDecideOneInMediaActsType0",
    "WorkDecidedOut",
    "WorkDecisionFilters",
    "WorkDecisionOut",
    "WorkDecisionOutAnswer",
    "WorkDecisionsPage",
    "WorkDefaultIn",
    "WorkDeliveriesPage",
    "WorkDeliveryOut",
    "WorkDeskPreferenceIn",
    "WorkDeskPreferenceOut",
    "WorkEndpointIn",
    "WorkEndpointOut",
    "WorkEngagementIn",
    "WorkEngagementOut",
    "WorkEntryIn",
    "WorkEntryOut",
    "WorkEscalateIn",
    "WorkEscalatedOut",
    "WorkEscalationOut",
    "WorkEscalationsPage",
    "WorkEventModeIn",
    "WorkEventModeOut",
    "WorkEventModesPage",
    "WorkExportIn",
    "WorkFillIn",
    "WorkFormIn",
    "WorkFormInSpec",
    "WorkFormOut",
    "WorkFormOutSpec",
    "WorkHandOut",
    "WorkHandOutIn",
    "WorkHandOutInOverlapRule",
    "WorkHandOutInPrelabel",
    "WorkHandOutInPriorityRule",
    "WorkHandOutOverlapRule",
    "WorkHandOutPrelabel",
    "WorkHandOutPriorityRule",
    "WorkHeldOut",
    "WorkHeldOutLeases",
    "WorkImportFileIn",
    "WorkIncidentIn",
    "WorkIncidentOut",
    "WorkIncidentWhole",
    "WorkIncidentWholeReview",
    "WorkIncidentsPage",
    "WorkItemIn",
    "WorkItemInAttributes",
    "WorkItemInContent",
    "WorkItemOut",
    "WorkItemOutAttributes",
    "WorkItemOutContent",
    "WorkItemsIn",
    "WorkItemsPage",
    "WorkLaneIn",
    "WorkLaneOut",
    "WorkLeaseOut",
    "WorkLeaseReturnIn",
    "WorkLevelsIn",
    "WorkLinkIn",
    "WorkMatrixIn",
    "WorkMatrixOut",
    "WorkMediaFetchIn",
    "WorkMediaLinkIn",
    "WorkMediaOut",
    "WorkMoveIn",
    "WorkNoteIn",
    "WorkOutcomeOut",
    "WorkOverturnIn",
    "WorkOverturnInAnswer",
    "WorkPredictedOut",
    "WorkPredictionIn",
    "WorkPredictionInAnswer",
    "WorkPredictionsIn",
    "WorkPrelabelOut",
    "WorkPrelabelOutAnswer",
    "WorkPreviewOut",
    "WorkPreviewOutByQueueItem",
    "WorkProblemOut",
    "WorkProblemOutFields",
    "WorkProgrammeChange",
    "WorkProgrammeIn",
    "WorkProgrammeOut",
    "WorkQuestionIn",
    "WorkQuestionOut",
    "WorkQuestionsPage",
    "WorkQueueChange",
    "WorkQueueIn",
    "WorkQueueOut",
    "WorkReasonIn",
    "WorkReasonOut",
    "WorkReleaseIn",
    "WorkRestrictIn",
    "WorkRestrictedOut",
    "WorkRestrictedPage",
    "WorkReturnedOut",
    "WorkReviewIn",
    "WorkRoleIn",
    "WorkRouteOut",
    "WorkRuleIn",
    "WorkRuleInCondition",
    "WorkRuleMoveIn",
    "WorkRuleOut",
    "WorkRuleOutCondition",
    "WorkSaidOut",
    "WorkSelectionIn",
    "WorkSettleIn",
    "WorkSettleInAnswer",
    "WorkStepOut",
    "WorkTakeNextIn",
    "WorkTakenOut",
    "WorkTestedOut",
    "WorkTierDecisionIn",
    "WorkTierDecisionInAnswer",
    "WorkTierIn",
    "WorkTierOut",
    "WorkTransferOut",
    "WorkTransferOutBadRowsItem",
    "WorkTransferOutCounts",
    "WorkUpholdIn",
    "WorkWhereOut",
    "WorkWhyNotOut",
    "WorkerSkillBy",
)
