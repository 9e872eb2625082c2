"""The three surfaces as built pages, and whether the service is alive."""

from django.conf import settings
from django.db import connection
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe


@require_safe
@ensure_csrf_cookie
def surface(request: HttpRequest, page: str) -> HttpResponseBase:
    """One built page of `frontend/dist`; never cached, its assets for ever."""
    path = settings.FRONTEND_DIST / page
    if not path.is_file():
        return HttpResponse("The frontend is not built: run ./run once.", status=503)
    kind = "text/html" if path.suffix == ".html" else None
    answer = FileResponse(path.open("rb"), content_type=kind)
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive, and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
