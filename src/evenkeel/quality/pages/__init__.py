"""The screens of quality: sampling, coverage, deliveries, auditing, experts' answers, imports."""

from django.urls import path

from . import audits, coverage, deliveries, desk, experts, imports, plans, sampling

urlpatterns = [
    path("quality/", sampling.home, name="home"),
    path("quality/programmes/<uuid:programme_id>/", sampling.programme, name="programme"),
    path("quality/programmes/<uuid:programme_id>/coverage/", coverage.coverage, name="coverage"),
    path("quality/programmes/<uuid:programme_id>/coverage/<slug:of>/close/", coverage.close, name="close_gaps"),
    path("quality/plans/start/", plans.start, name="start"),
    path("quality/plans/preview/", plans.preview, name="preview"),
    path("quality/plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("quality/plans/<uuid:plan_id>/change/", plans.change, name="change"),
    path("quality/plans/<uuid:plan_id>/change/preview/", plans.change_preview, name="change_preview"),
    path("quality/plans/<uuid:plan_id>/replay/", plans.replay, name="replay"),
    path("quality/plans/<uuid:plan_id>/end/", plans.end, name="end"),
    path("quality/deliveries/", deliveries.deliveries, name="deliveries"),
    path("quality/deliveries/agree/", deliveries.agree, name="agree"),
    path("quality/deliveries/<uuid:batch_id>/", deliveries.delivery, name="delivery"),
    path("quality/deliveries/<uuid:batch_id>/certificate/", deliveries.certificate, name="certificate"),
    path("quality/deliveries/agreements/<uuid:scheme_id>/", deliveries.scheme, name="scheme"),
    path("quality/deliveries/agreements/<uuid:scheme_id>/hand-in/", deliveries.add, name="hand_in"),
    path("quality/deliveries/agreements/<uuid:scheme_id>/resume/", deliveries.resume, name="resume"),
    path("quality/deliveries/agreements/<uuid:scheme_id>/end/", deliveries.end, name="end_scheme"),
    path("quality/audits/", audits.audits, name="audits"),
    path("quality/audits/take/", desk.take, name="take"),
    path("quality/audits/<uuid:task_id>/", desk.desk, name="desk"),
    path("quality/audits/<uuid:task_id>/verdict/", desk.verdict, name="verdict"),
    path("quality/audits/<uuid:task_id>/correction/", desk.correction, name="correction"),
    path("quality/audits/<uuid:task_id>/return/", desk.give_back, name="return"),
    path("quality/draws/<uuid:draw_id>/", audits.audit, name="audit"),
    path("quality/experts/<uuid:item_id>/", experts.item, name="expert"),
    path("quality/imports/", imports.imports, name="imports"),
    path("quality/imports/new/", imports.new, name="new_import"),
    path("quality/imports/files/<uuid:upload_id>/", imports.upload, name="upload"),
    path("quality/imports/files/<uuid:upload_id>/state/", imports.state, name="upload_state"),
    path("quality/imports/files/<uuid:upload_id>/begin/", imports.begin, name="begin_import"),
    path("quality/imports/files/<uuid:upload_id>/withdraw/", imports.withdraw, name="withdraw_upload"),
    path("quality/imports/runs/<uuid:run_id>/", imports.run, name="run"),
]
