"""The OpenAPI description: every operation may answer a problem, and is named by its route."""

from typing import Any, Literal

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse


def choices_in_place(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """
    Leave the choices of a field where the field is described.

    Gathered into named types they collide (every room has a `state`), and each collision would
    have to be named by hand.
    """
    _forget_marks(result)
    return result


def _forget_marks(node: Any) -> None:
    if isinstance(node, dict):
        node.pop("x-spec-enum-id", None)
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, dict | list):
            _forget_marks(inner)


class SignedIn(SessionScheme):  # type: ignore[no-untyped-call]
    """Our session authentication is described like the framework's."""

    target_class = "campus.api.authentication.SessionAuthentication"
    name = "cookieAuth"
    priority = 1


class Schema(AutoSchema):
    """Adds the problem answer to each operation; names each shape after its room."""

    def get_serializer_name(
        self, serializer: Any, direction: Literal["request", "response"]
    ) -> str:
        # Rooms choose their words freely: the TodayOut of one must not overwrite another's.
        name: str = super().get_serializer_name(serializer, direction)
        package, *rooms = type(serializer).__module__.split(".")
        ours = package in {"campus", "meters", "points"} and len(rooms) > 1
        return f"{rooms[0].capitalize()}{name}" if ours else name

    def _get_request_body(self, direction: Any = "request") -> dict[str, Any] | None:
        # A DELETE that must be confirmed has a body: the view names its shape.
        shape = getattr(self.view, "body_of_delete", None)
        if self.method != "DELETE" or shape is None:
            told: dict[str, Any] | None = super()._get_request_body(direction)  # type: ignore[no-untyped-call]
            return told
        schema = self.resolve_serializer(shape, "request").ref
        return {"content": {"application/json": {"schema": schema}}, "required": True}

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        problem = OpenApiResponse(OpenApiTypes.OBJECT, description="problem (RFC 9457)")
        told = self._get_response_for_code(  # type: ignore[no-untyped-call]
            problem, "4XX", ["application/problem+json"]
        )
        return {**bodies, "4XX": told}
