"""Screens of investigations, actions, initiatives and suggestions."""

from django.urls import path

from . import actions, causes, initiatives, lists, one, opening, portfolio, rows, steps, suggestions

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
    path("improve/actions/", actions.board, name="actions"),
    path("improve/actions/new/", actions.opening, name="new-action"),
    path("improve/actions/<uuid:action_id>/", actions.action, name="action"),
    path("improve/actions/<uuid:action_id>/plan/", actions.plan, name="plan"),
    path("improve/actions/<uuid:action_id>/approval/", actions.approval, name="approval"),
    path("improve/actions/<uuid:action_id>/beginning/", actions.beginning, name="beginning"),
    path("improve/actions/<uuid:action_id>/check/", actions.checking, name="checking"),
    path("improve/actions/<uuid:action_id>/ending/", actions.ending, name="ending"),
    path("improve/actions/<uuid:action_id>/extension/", actions.extension, name="extension"),
    path("improve/actions/<uuid:action_id>/lesson/", actions.lesson, name="lesson"),
    path("improve/actions/<uuid:action_id>/figures/", actions.figures, name="figures"),
    path("improve/portfolio/", portfolio.portfolio, name="portfolio"),
    path("improve/initiatives/", initiatives.board, name="initiatives"),
    path("improve/initiatives/new/", initiatives.starting, name="new-initiative"),
    path("improve/initiatives/<uuid:initiative_id>/", initiatives.initiative, name="initiative"),
    path("improve/initiatives/<uuid:initiative_id>/<slug:what>/", initiatives.part, name="initiative-part"),
    path("improve/tollgates/<uuid:tollgate_id>/review/", initiatives.gate, name="tollgate"),
    path("improve/risks/<uuid:initiative_risk_id>/closing/", initiatives.risk, name="risk"),
    path("improve/notes/<uuid:status_note_id>/sending/", initiatives.note, name="status-note"),
    path("improve/suggestions/", suggestions.box, name="suggestions"),
    path("improve/suggestions/<uuid:suggestion_id>/", suggestions.suggestion, name="suggestion"),
    path("improve/suggestions/<uuid:suggestion_id>/vote/", suggestions.voting, name="vote"),
]
