"""Work's pages: programmes, queues, items, decisions, and the desk."""

from django.urls import path

from . import bulk, decisions, desk, items, programmes, queues, transfers

urlpatterns = [
    path("work/programmes/", programmes.programmes, name="programmes"),
    path("work/programmes/<uuid:programme_id>/", programmes.programme, name="programme"),
    path("work/programmes/<uuid:programme_id>/partners/", programmes.partners, name="partners"),
    path("work/programmes/<uuid:programme_id>/forms/", programmes.forms, name="forms"),
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
    path("work/items/<uuid:item_id>/", items.item, name="item"),
    path("work/decisions/<uuid:decision_id>/", decisions.decision, name="decision"),
    path("work/decisions/<uuid:decision_id>/taking-back/", decisions.taking_back, name="taking-back"),
    path("work/programmes/<uuid:programme_id>/files/", transfers.transfers, name="transfers"),
    path("work/programmes/<uuid:programme_id>/files/imports/", transfers.importing, name="transfer-imports"),
    path("work/programmes/<uuid:programme_id>/files/exports/", transfers.exporting, name="transfer-exports"),
    path("work/files/<uuid:transfer_id>/", transfers.transfer, name="transfer"),
    path("work/files/<uuid:transfer_id>/state/", transfers.transfer_state, name="transfer-state"),
    path("work/files/<uuid:transfer_id>/content/", transfers.transfer_file, name="transfer-file"),
    path("work/files/<uuid:transfer_id>/withdrawal/", transfers.transfer_withdrawal, name="transfer-withdrawal"),
    path("work/programmes/<uuid:programme_id>/bulk/", bulk.bulk, name="bulk"),
    path("work/bulk/<uuid:act_id>/", bulk.bulk_act, name="bulk-act"),
    path("work/bulk/<uuid:act_id>/state/", bulk.bulk_state, name="bulk-state"),
    path("work/bulk/<uuid:act_id>/approval/", bulk.bulk_approval, name="bulk-approval"),
    path("work/bulk/<uuid:act_id>/refusal/", bulk.bulk_refusal, name="bulk-refusal"),
    path("work/bulk/<uuid:act_id>/reversal/", bulk.bulk_reversal, name="bulk-reversal"),
    path("work/mine/", decisions.mine, name="mine"),
]
