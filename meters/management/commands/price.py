"""`manage.py price CASES.json --tariffs DIR`: works out tariff cases without a single row."""

import json
from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from campus.errors import CampusError
from meters.billing.breakpoints import checked_tariff
from meters.billing.cases import Plan, answer
from meters.billing.refusals import TariffRefused
from meters.billing.tariff import Tariff

Json = dict[str, Any]


class Command(BaseCommand):
    help = "Price the cases of a JSON file by the tariffs of a folder; no database is read."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cases", type=Path, help="a file shaped {cases: [{id, kind, ...}]}")
        parser.add_argument("--tariffs", type=Path, required=True, help="folder of cc-tariff/1")
        parser.add_argument("--json", action="store_true", help="print {id: answer} as JSON")

    def handle(self, *, cases: Path, tariffs: Path, json: bool, **_: object) -> None:
        plans, refused = read_folder(tariffs)
        for name, reason in refused.items():
            self.stderr.write(f"{name}: {as_json(reason, indent=None)}")
        answers = {case["id"]: answered(case, plans, refused) for case in read_json(cases)["cases"]}
        if json:
            self.stdout.write(as_json(answers))
            return
        for name, found in answers.items():
            self.stdout.write(f"{name}: {as_json(found, indent=None)}")


def as_json(value: object, *, indent: int | None = 1) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read as JSON: {error}") from error


def read_folder(folder: Path) -> tuple[dict[str, Plan], dict[str, Json]]:
    """The plans of a folder by the id of their tariffs, and what was refused of them."""
    known: dict[str, list[Tariff]] = defaultdict(list)
    plans: dict[str, Plan] = {}
    refused: dict[str, Json] = {}
    for path in sorted(folder.glob("*.json")):
        document = read_json(path)
        own = document.get("id") if isinstance(document, dict) else None
        named = own if isinstance(own, str) else path.stem
        try:
            known[named].append(checked_tariff(document))
            plans[named] = Plan.of(known[named])
        except TariffRefused as error:
            refused[named] = told(error)
    return plans, refused


def told(error: CampusError) -> Json:
    """A refusal as data, each fault with its path."""
    faults = [
        {"path": fault.where, "code": fault.code, "message": str(fault.message)}
        for fault in error.faults
    ]
    return {"refused": error.code, "faults": faults}


def answered(case: Json, plans: dict[str, Plan], refused: dict[str, Json]) -> Json:
    """The answer to one case, or why there is none; one bad case does not stop the others."""
    if case.get("tariff") in refused:
        return refused[case["tariff"]]
    try:
        return answer(case, plans=plans)
    except CampusError as error:
        return told(error)
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        return {"refused": "case_not_readable", "faults": [{"message": repr(error)}]}
