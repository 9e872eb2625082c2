"""Activities as students live them, and as managers watch over them."""

from points.activities.api import manager, student

urlpatterns = [*student.urlpatterns, *manager.urlpatterns]
