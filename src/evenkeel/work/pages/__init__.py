"""Work's pages: programmes, queues, items, decisions, and the desk."""

from django.urls import path

from . import appeals, decisions, desk, escalations, items, programmes, questions, queues, webhooks

urlpatterns = [
    path("work/programmes/", programmes.programmes, name="programmes"),
    path("work/programmes/<uuid:programme_id>/", programmes.programme, name="programme"),
    path("work/programmes/<uuid:programme_id>/partners/", programmes.partners, name="partners"),
    path("work/programmes/<uuid:programme_id>/forms/", programmes.forms, name="forms"),
    path("work/programmes/<uuid:programme_id>/items/", items.items, name="items"),
    path("work/programmes/<uuid:programme_id>/decisions/", decisions.decisions, name="decisions"),
    path("work/programmes/<uuid:programme_id>/endpoints/", webhooks.endpoints, name="endpoints"),
    path("work/programmes/<uuid:programme_id>/tiers/", escalations.tiers, name="tiers"),
    path("work/programmes/<uuid:programme_id>/queues/", queues.adding, name="queue-adding"),
    path("work/queues/", queues.queues, name="queues"),
    path("work/queues/<uuid:queue_id>/", queues.queue, name="queue"),
    path("work/queues/<uuid:queue_id>/settings/", queues.settings, name="queue-settings"),
    path("work/queues/<uuid:queue_id>/closing/", queues.closing, name="queue-closing"),
    path("work/queues/<uuid:queue_id>/reopening/", queues.reopening, name="queue-reopening"),
    path("work/queues/<uuid:queue_id>/filling/", queues.filling, name="queue-filling"),
    path("work/queues/<uuid:queue_id>/desk/", desk.desk, name="desk"),
    path("work/items/<uuid:item_id>/", items.item, name="item"),
    path("work/decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("work/decisions/<uuid:decision_id>/taking-back/", decisions.taking_back, name="taking-back"),
    path("work/mine/", decisions.mine, name="mine"),
    path("work/appeals/", appeals.appeals, name="appeals"),
    path("work/appeals/taking/", appeals.taking, name="appeal-taking"),
    path("work/appeals/<uuid:appeal_id>/", appeals.appeal, name="appeal"),
    path("work/queues/<uuid:queue_id>/appeals/", appeals.appeal_rule, name="appeal-rule"),
    path("work/endpoints/<uuid:endpoint_id>/", webhooks.endpoint, name="endpoint"),
    path("work/endpoints/<uuid:endpoint_id>/closing/", webhooks.closing, name="endpoint-closing"),
    path("work/deliveries/<uuid:delivery_id>/sending/", webhooks.sending, name="delivery-sending"),
    path("work/escalations/", escalations.escalations, name="escalations"),
    path("work/escalations/<uuid:escalation_id>/", escalations.escalation, name="escalation"),
    path("work/escalations/<uuid:escalation_id>/taking/", escalations.taking, name="escalation-taking"),
    path("work/escalations/<uuid:escalation_id>/deciding/", escalations.deciding, name="escalation-deciding"),
    path("work/escalations/<uuid:escalation_id>/handing-up/", escalations.handing_up, name="escalation-handing-up"),
    path(
        "work/escalations/<uuid:escalation_id>/handing-back/", escalations.handing_back, name="escalation-handing-back"
    ),
    path("work/questions/", questions.questions, name="questions"),
    path("work/questions/mine/", questions.mine, name="my-questions"),
    path("work/questions/<uuid:question_id>/", questions.question, name="question"),
    path("work/questions/<uuid:question_id>/withdrawal/", questions.withdrawal, name="question-withdrawal"),
]
