"""Screens of investigations."""

from django.urls import path

from . import causes, costs, lists, one, opening, papers, recipe, rows, steps, validation, why

urlpatterns = [
    path("improve/investigations/", lists.investigations, name="investigations"),
    path("improve/investigations/new/", opening.by_hand, name="open"),
    path("improve/investigations/<uuid:investigation_id>/", one.investigation, name="investigation"),
    path("improve/investigations/<uuid:investigation_id>/evidence/", steps.evidence, name="evidence"),
    path("improve/investigations/<uuid:investigation_id>/statement/", steps.statement, name="statement"),
    path("improve/investigations/<uuid:investigation_id>/owner/", steps.owner, name="owner"),
    path("improve/investigations/<uuid:investigation_id>/notes/", steps.note, name="note"),
    path("improve/investigations/<uuid:investigation_id>/closing/", steps.closing, name="closing"),
    path("improve/investigations/<uuid:investigation_id>/reopening/", steps.reopening, name="reopening"),
    path("improve/cases/<uuid:case_id>/coding/", steps.coding, name="coding"),
    path("improve/drivers/<uuid:driver_id>/", rows.driver_rows, name="rows"),
    path("improve/signals/<uuid:signal_id>/investigation/", opening.for_signal, name="open-for-signal"),
    path("improve/causes/", causes.causes, name="causes"),
    path("improve/programmes/<uuid:programme_id>/error-costs/", costs.error_costs, name="error-costs"),
    path("improve/investigations/<uuid:investigation_id>/why/", why.why, name="why"),
    path("improve/investigations/<uuid:investigation_id>/why/answers/", why.answering, name="why-answers"),
    path("improve/whys/<uuid:why_id>/striking/", why.striking, name="why-striking"),
    path("improve/investigations/<uuid:investigation_id>/accountability/", why.ruling, name="accountability"),
    path("improve/investigations/<uuid:investigation_id>/recommendations/", why.recommending, name="recommendations"),
    path("improve/investigations/<uuid:investigation_id>/validation/", validation.validation, name="validation"),
    path("improve/investigations/<uuid:investigation_id>/validations/", validation.beginning, name="validations"),
    path("improve/validations/<uuid:validation_id>/end/", validation.ending, name="validation-end"),
    path("improve/cases/<uuid:case_id>/blind-coding/", validation.coding_blind, name="blind-coding"),
    path("improve/investigations/<uuid:investigation_id>/recipe/", recipe.recipe, name="recipe"),
    path("improve/investigations/<uuid:investigation_id>/recipe/runs/", recipe.running, name="recipe-runs"),
    path("improve/investigations/<uuid:investigation_id>/documents/", papers.papers, name="papers"),
    path("improve/documents/<uuid:paper_id>/", papers.paper, name="paper"),
    path("improve/documents/<uuid:paper_id>/state/", papers.paper_state, name="paper-state"),
    path("improve/documents/<uuid:paper_id>/file/", papers.paper_file, name="paper-file"),
]
