"""Work's pages: programmes, queues, items, decisions, and the desk."""

from django.urls import path

from . import decisions, desk, forms, items, media, programmes, queues, routing, why_not

urlpatterns = [
    path("work/programmes/", programmes.programmes, name="programmes"),
    path("work/programmes/<uuid:programme_id>/", programmes.programme, name="programme"),
    path("work/programmes/<uuid:programme_id>/partners/", programmes.partners, name="partners"),
    path("work/programmes/<uuid:programme_id>/forms/", programmes.forms, name="forms"),
    path("work/programmes/<uuid:programme_id>/forms/writing/", forms.adding, name="form-adding"),
    path("work/programmes/<uuid:programme_id>/forms/checking/", forms.checking, name="form-checking"),
    path("work/forms/<uuid:form_id>/", forms.form, name="form"),
    path("work/forms/<uuid:form_id>/editing/", forms.editing, name="form-editing"),
    path("work/programmes/<uuid:programme_id>/items/", items.items, name="items"),
    path("work/programmes/<uuid:programme_id>/decisions/", decisions.decisions, name="decisions"),
    path("work/programmes/<uuid:programme_id>/queues/", queues.adding, name="queue-adding"),
    path("work/queues/", queues.queues, name="queues"),
    path("work/queues/<uuid:queue_id>/", queues.queue, name="queue"),
    path("work/queues/<uuid:queue_id>/settings/", queues.settings, name="queue-settings"),
    path("work/queues/<uuid:queue_id>/closing/", queues.closing, name="queue-closing"),
    path("work/queues/<uuid:queue_id>/reopening/", queues.reopening, name="queue-reopening"),
    path("work/queues/<uuid:queue_id>/filling/", queues.filling, name="queue-filling"),
    path("work/queues/<uuid:queue_id>/desk/", desk.desk, name="desk"),
    path("work/queues/<uuid:queue_id>/why-not/", why_not.why_nothing, name="why-not"),
    path("work/programmes/<uuid:programme_id>/routing/", routing.routing, name="routing"),
    path("work/programmes/<uuid:programme_id>/routing/applying/", routing.applying, name="routing-applying"),
    path("work/routing/<uuid:routing_rule_id>/", routing.changing, name="routing-changing"),
    path("work/routing/<uuid:routing_rule_id>/moving/", routing.moving, name="routing-moving"),
    path("work/routing/<uuid:routing_rule_id>/dropping/", routing.dropping, name="routing-dropping"),
    path("work/items/<uuid:item_id>/route/", routing.route, name="item-route"),
    path("work/items/<uuid:item_id>/", items.item, name="item"),
    path("work/decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("work/decisions/<uuid:decision_id>/taking-back/", decisions.taking_back, name="taking-back"),
    path("work/media/<uuid:media_id>/", media.media, name="media"),
    path("work/mine/", decisions.mine, name="mine"),
]
