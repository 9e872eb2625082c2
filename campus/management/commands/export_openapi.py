"""Write the OpenAPI description from which the frontend's types are made."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from drf_spectacular.generators import SchemaGenerator

TARGET = settings.BASE_DIR / "frontend" / "shared" / "generated" / "openapi.json"
SECTIONS = ("schemas", "parameters", "responses", "requestBodies", "examples", "securitySchemes")


class Command(BaseCommand):
    help = "Write the OpenAPI description as JSON, the sign-in library's own merged in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", type=Path, nargs="?", default=TARGET)

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["target"]
        target.parent.mkdir(parents=True, exist_ok=True)
        ours = SchemaGenerator().get_schema(  # type: ignore[no-untyped-call]
            request=None, public=True
        )
        merge(ours, sign_in())
        target.write_text(json.dumps(ours, ensure_ascii=False, indent=1, default=str))
        self.stdout.write(f"{len(ours['paths'])} paths")


def sign_in() -> dict[str, Any]:
    """The description that allauth ships of its headless API."""
    text = files("allauth.headless").joinpath("spec", "doc", "openapi.yaml").read_text("utf-8")
    spec: dict[str, Any] = yaml.safe_load(text)
    return spec


def merge(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """
    Add another description's paths and components to ours.

    :raises CommandError: if both name a thing alike
    """
    mine, other = ours["components"], theirs.get("components", {})
    _add(ours["paths"], theirs["paths"])
    for section in SECTIONS:
        _add(mine.setdefault(section, {}), other.get(section, {}))


def _add(mine: dict[str, Any], other: dict[str, Any]) -> None:
    if clash := set(mine) & set(other):
        raise CommandError(f"Both descriptions name {', '.join(sorted(clash))}.")
    mine.update(other)
