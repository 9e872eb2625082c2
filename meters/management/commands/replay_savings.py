"""Rehearse a term of savings on a panel of readings, without touching any row of a campus."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from meters.savings.panel_files import PanelRefused, read_panel, write_result
from meters.savings.rehearsal import rehearse
from meters.savings.rule import RAMPS, Rule


class Command(BaseCommand):
    help = "Run the savings engine on a panel, day by day without looking ahead."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--panel", type=Path, required=True, help="folder of the panel")
        parser.add_argument("--out", type=Path, required=True, help="CSV to write")
        parser.add_argument("--ramp", choices=sorted(RAMPS), default="default")
        parser.add_argument(
            "--floor-drift",
            type=float,
            default=0.0,
            help="how far rooms of a group drift together; 0 where groups were drawn by lot",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rule = replace(Rule(), own=RAMPS[options["ramp"]], floor_drift=options["floor_drift"])
        try:
            named = read_panel(folder=options["panel"])
        except PanelRefused as error:
            raise CommandError(error.words()) from error
        rows = write_result(
            out=options["out"], named=named, rehearsed=rehearse(named.panel, rule=rule)
        )
        self.stdout.write(f"{rows} rows in {options['out']}")
