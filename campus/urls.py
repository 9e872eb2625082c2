"""The shell: every address of the platform."""

from typing import Any

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from campus.api import readiness, surfaces

handler404 = "campus.api.problems.page_not_found"
handler500 = "campus.api.problems.server_error"

api: list[Any] = [
    path("", include("campus.people.api")),
    path("", include("campus.nights.api")),
    path("", include("campus.notices.api")),
    path("", include("campus.audit.api")),
    path("", include("meters.urls")),
    path("", include("points.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
]

urlpatterns = [
    path("", surfaces.surface, {"page": "student/index.html"}, name="student"),
    path("manager/", surfaces.surface, {"page": "manager/index.html"}, name="manager"),
    path("counter/", surfaces.surface, {"page": "counter/index.html"}, name="counter"),
    path("kit/", surfaces.surface, {"page": "kit/index.html"}, name="kit"),
    path("sw.js", surfaces.surface, {"page": "sw.js"}, name="service-worker"),
    path(
        "counter/sw.js",
        surfaces.surface,
        {"page": "counter/sw.js"},
        name="counter-service-worker",
    ),
    path(
        "manifest.webmanifest",
        surfaces.surface,
        {"page": "manifest.webmanifest"},
        name="manifest",
    ),
    path("", include("points.game.pages")),
    path("healthz", surfaces.healthz, name="healthz"),
    path("readyz", readiness.readyz, name="readyz"),
    path("api/v1/", include((api, "api"))),
    path("_allauth/", include("allauth.headless.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
