"""What the log knows of a request: method, path and opaque ids. Never what was searched for."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class RequestsLogged(RequestMiddleware):
    """The library's middleware without the query, in which somebody may have typed a name."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"
