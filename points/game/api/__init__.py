"""The mini-campus over HTTP."""

from points.game.api import maps, playing, sharing, staff, visiting

urlpatterns = [
    *maps.urlpatterns,
    *playing.urlpatterns,
    *visiting.urlpatterns,
    *sharing.urlpatterns,
    *staff.urlpatterns,
]
