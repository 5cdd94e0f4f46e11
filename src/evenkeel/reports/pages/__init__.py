"""Screens."""

from ..exports import pages as exports
from ..exports.odata import views as odata

urlpatterns = [*exports.urlpatterns, *odata.urlpatterns]
