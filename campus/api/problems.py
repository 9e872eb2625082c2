"""RFC 9457: every refusal is told as a problem with a code, words, and where it lies."""

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from campus.errors import CampusError

JSON = "application/problem+json"


def request_id() -> str:
    """The id under which the log knows this request."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def told(error: CampusError) -> dict[str, object]:
    """A refusal of ours as the body of a problem, in the active language."""
    return {
        "code": error.code,
        "status": error.status,
        "detail": error.words(),
        "facts": {name: str(value) for name, value in error.facts.items()},
        "errors": [
            {"path": fault.where, "code": fault.code, "message": str(fault.message)}
            for fault in error.faults
        ],
        "request_id": request_id(),
    }


def handle(exc: Exception, context: dict[str, object]) -> Response | None:
    """DRF's exception handler: our errors by name, the framework's by their codes."""
    if isinstance(exc, CampusError):
        return Response(told(exc), status=exc.status, content_type=JSON)
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    response = exception_handler(exc, context)
    if response is None or not isinstance(exc, exceptions.APIException):
        return None
    response.data = _framework(exc, status=response.status_code)
    response.content_type = JSON
    return response


def _framework(exc: exceptions.APIException, *, status: int) -> dict[str, object]:
    fields = isinstance(exc, exceptions.ValidationError)
    return {
        "code": "invalid" if fields else _code(exc),
        "status": status,
        "detail": _("Please check what was entered.") if fields else str(exc.detail),
        "facts": {},
        "errors": list(_fields(exc.get_full_details())) if fields else [],
        "request_id": request_id(),
    }


def _code(exc: exceptions.APIException) -> str:
    codes = exc.get_codes()
    return codes if isinstance(codes, str) else "refused"


def _fields(details: object, path: str = "") -> list[dict[str, str]]:
    """Flatten DRF's nested error details into (path, code, message)."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        return [{"path": path, "code": details["code"], "message": str(details["message"])}]
    if isinstance(details, dict):
        return [e for key, value in details.items() for e in _fields(value, _join(path, key))]
    if isinstance(details, list):
        return [e for value in details for e in _fields(value, path)]
    return []


def _join(path: str, key: object) -> str:
    name = str(key)
    return path if name == "non_field_errors" else f"{path}.{name}" if path else name


def page_not_found(request: object, exception: Exception) -> HttpResponse:
    """What stands outside the API and does not exist."""
    body = {"code": "not_found", "status": 404, "detail": _("There is nothing here."), "errors": []}
    return JsonResponse(body, status=404, content_type=JSON)


def server_error(request: object) -> HttpResponse:
    """The last resort: a fault of ours, told with the id under which it is logged."""
    body = {
        "code": "server_error",
        "status": 500,
        "detail": _("Something went wrong on our side. Nothing was stored by halves."),
        "errors": [],
        "request_id": request_id(),
    }
    return JsonResponse(body, status=500, content_type=JSON)
