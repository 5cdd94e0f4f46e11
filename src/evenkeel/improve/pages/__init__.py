"""Screens of investigations."""

from django.urls import path

from . import causes, lists, one, opening, rows, steps

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
]
