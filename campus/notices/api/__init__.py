"""What people are told, and what managers tell them."""

from campus.notices.api import announcements, bell

urlpatterns = [*bell.urlpatterns, *announcements.urlpatterns]
