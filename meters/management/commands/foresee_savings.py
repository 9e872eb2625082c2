"""Tell a campus, from its own readings, what to expect of so many comparison rooms."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from campus import clock
from campus.places.models import Campus
from meters.savings.foresight import foresee
from meters.savings.queries.untouched import untouched
from meters.savings.rule import MIN_COMPARISON, Rule


class Command(BaseCommand):
    help = "Draw the lottery again and again over readings from before anybody was asked to save."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--campus", required=True, help="slug")
        parser.add_argument("--comparison", type=int, nargs="+", default=[10, 20, 40, 60])
        parser.add_argument("--draws", type=int, default=4)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        campus = Campus.objects.filter(slug=options["campus"]).first()
        if campus is None:
            raise CommandError(f"There is no campus {options['campus']!r}.")
        panel = untouched(campus=campus, today=clock.today(zone=campus.zone))
        if panel is None:
            raise CommandError(
                "Too little was measured before the first term: see the table in docs/savings.md."
            )
        rooms, rule = len(panel.use), Rule(floor_drift=0.0)
        self.stdout.write(f"{rooms} rooms, {panel.start} days of history, {panel.days} tried")
        for comparison in options["comparison"]:
            if not MIN_COMPARISON <= comparison <= rooms // 2:
                self.stdout.write(f"{comparison:4}  cannot be drawn among {rooms} rooms")
                continue
            told = foresee(
                panel,
                comparison=comparison,
                draws=options["draws"],
                seed=options["seed"],
                rule=rule,
            )
            self.stdout.write(
                f"{comparison:4}  false credit {told.false:5.2f} % (worst {told.false_worst:.2f})"
                f"  a true 10 % {told.power10:3.0f} %  a true 20 % {told.power20:3.0f} %"
            )
