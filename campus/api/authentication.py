from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """Cookie and CSRF; names a scheme so that a missing sign-in is 401, not 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"
