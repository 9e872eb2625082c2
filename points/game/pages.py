"""Pages that people open by a link: they stand beside the API, under a short address."""

from points.game.api import sharing

urlpatterns = sharing.pages
