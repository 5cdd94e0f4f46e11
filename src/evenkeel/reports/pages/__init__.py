"""Screens of dashboards, of exploration and of exports."""

from django.urls import path

from ..exports import pages as exports
from ..exports.odata import views as odata
from . import arranging, dashboards, explore, mailings, saved

urlpatterns = [
    *exports.urlpatterns,
    *odata.urlpatterns,
    path("reports/dashboards/", dashboards.home, name="dashboards"),
    path("reports/dashboards/new/", arranging.begin, name="begin"),
    path("reports/dashboards/<uuid:dashboard_id>/", dashboards.own, name="dashboard"),
    path("reports/dashboards/<uuid:dashboard_id>/name/", arranging.rename, name="rename"),
    path("reports/dashboards/<uuid:dashboard_id>/deletion/", arranging.delete, name="delete-dashboard"),
    path("reports/dashboards/<uuid:dashboard_id>/tiles/", arranging.add, name="add-tile"),
    path("reports/dashboards/<uuid:dashboard_id>/order/", arranging.order, name="order"),
    path("reports/tiles/<uuid:tile_id>/place/", arranging.move, name="move-tile"),
    path("reports/tiles/<uuid:tile_id>/removal/", arranging.remove, name="remove-tile"),
    path("reports/explore/", explore.explore, name="explore"),
    path("reports/explorations/", saved.explorations, name="explorations"),
    path("reports/explorations/new/", saved.save, name="save"),
    path("reports/explorations/<uuid:exploration_id>/", explore.exploration, name="exploration"),
    path("reports/explorations/<uuid:exploration_id>/change/", saved.change, name="change-exploration"),
    path("reports/explorations/<uuid:exploration_id>/deletion/", saved.delete, name="delete-exploration"),
    path("reports/explorations/<uuid:exploration_id>/mailing/", mailings.begin, name="subscribe"),
    path("reports/mailings/<uuid:mailing_id>/", mailings.mailing, name="mailing"),
]
