"""Screens."""

from django.urls import path

from . import catalogue, items, overview, programmes, raters, rows, signals

urlpatterns = [
    path("measure/programmes/", programmes.programme_list, name="programmes"),
    path("measure/programmes/<uuid:programme_id>/", overview.overview, name="programme"),
    path("measure/programmes/<uuid:programme_id>/agreement/", overview.agreement, name="agreement"),
    path("measure/programmes/<uuid:programme_id>/raters/", raters.rater_list, name="raters"),
    path("measure/programmes/<uuid:programme_id>/raters/<uuid:worker_id>/", raters.rater, name="rater"),
    path("measure/programmes/<uuid:programme_id>/items/", items.item_list, name="items"),
    path("measure/programmes/<uuid:programme_id>/answers/", rows.answers, name="answers"),
    path("measure/programmes/<uuid:programme_id>/audits/", rows.audits, name="audits"),
    path("measure/signals/", signals.signal_list, name="signals"),
    path("measure/signals/<uuid:signal_id>/", signals.signal, name="signal"),
    path("measure/signals/<uuid:signal_id>/acknowledgement/", signals.acknowledgement, name="acknowledgement"),
    path("measure/signals/<uuid:signal_id>/disposition/", signals.disposition, name="disposition"),
    path("measure/metrics/", catalogue.metric_list, name="metrics"),
    path("measure/metrics/<slug:slug>/", catalogue.metric_page, name="metric"),
]
