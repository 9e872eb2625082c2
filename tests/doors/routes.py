"""Every route of the API with each of its methods, as the URL resolver knows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse

API = "api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address."""

    name: str
    method: str

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.name}"

    def path(self, arguments: dict[str, str]) -> str:
        """Its address with these arguments."""
        return reverse(f"api:{self.name}", kwargs=arguments)


def routes() -> list[Route]:
    """All of them, in the order of the resolver."""
    return [
        Route(pattern.name, method)
        for path, pattern in _patterns(get_resolver().url_patterns)
        if path.startswith(API)
        for method in METHODS
        if hasattr(pattern.callback.view_class, method)
    ]


def _patterns(patterns: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for each in patterns:
        path = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from _patterns(each.url_patterns, path)
        else:
            yield path, each
