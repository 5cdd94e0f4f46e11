"""Screens."""

from django.urls import path

from . import catalogue, defining, definitions, items, overview, programmes, raters, rows, signals, targets

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
    path("measure/definitions/", definitions.definition_list, name="definitions"),
    path("measure/definitions/new/<str:sort>/", defining.defining, name="defining"),
    path("measure/definitions/new/<str:sort>/preview/", defining.definition_preview, name="definition-preview"),
    path("measure/definitions/<uuid:definition_id>/", definitions.definition_page, name="definition"),
    path("measure/definitions/<uuid:definition_id>/version/", defining.redefining, name="redefining"),
    path("measure/definitions/<uuid:definition_id>/retirement/", definitions.retirement, name="retirement"),
    path("measure/definitions/<uuid:definition_id>/restoration/", definitions.restoration, name="restoration"),
    path("measure/targets/", targets.target_list, name="targets"),
    path("measure/targets/new/", targets.setting, name="target-setting"),
    path("measure/targets/<uuid:target_id>/", targets.target_page, name="target"),
    path("measure/targets/<uuid:target_id>/end/", targets.ending, name="target-ending"),
]
