"""Play terms of the mini-campus through over the rules in force, seed by seed."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from points.game.economy import goals, term
from points.game.economy.profiles import PROFILES
from points.game.rules import book as rules_book
from points.game.rules.book import Book


class Command(BaseCommand):
    help = (
        "Sixteen weeks of each kind of room over the rules file: income, levels, what is bought, "
        "and the ten goals of the economy. What carbon points give is told by simulate_points."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seeds", type=int, default=50)
        parser.add_argument("--rules", type=Path, default=rules_book.RULES_FILE)
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--check", action="store_true", help="fail if a goal is not kept")

    def handle(self, *, seeds: int, rules: Path, check: bool, **options: object) -> None:
        book = _book(rules)
        played = {
            profile.name: [
                term.play(profile=profile, book=book, seed=seed) for seed in range(seeds)
            ]
            for profile in PROFILES
        }
        rows, judged = goals.rows(played), goals.judge(played, book=book)
        (self._json if options["json"] else self._table)(book, seeds, rows, judged)
        broken = [goal.text for goal in judged if not goal.holds]
        if check and broken:
            raise CommandError(f"Not kept: {'; '.join(broken)}.")

    def _table(
        self, book: Book, seeds: int, rows: list[goals.Row], judged: list[goals.Goal]
    ) -> None:
        whole = term.sinks(book=book)
        self.stdout.write(f"rules {book.version}, {seeds} terms each, sinks {whole} sunlight\n")
        self.stdout.write("| profile | income a week | level | kinds | spent | hoard, weeks |")
        self.stdout.write("| --- | --: | --: | --: | --: | --: |")
        for row in rows:
            self.stdout.write(
                f"| {row.profile} | {row.income:.0f} | {row.level:.0f} | {row.kinds:.0f} "
                f"| {row.spent:.0f} | {row.hoard_weeks:.2f} |"
            )
        self.stdout.write("\n| goal | found | promised | |\n| --- | --: | --- | --- |")
        for goal in judged:
            self.stdout.write(
                f"| {goal.text} | {goal.found:.2f} | {_promise(goal)} "
                f"| {'kept' if goal.holds else 'BROKEN'} |"
            )

    def _json(
        self, book: Book, seeds: int, rows: list[goals.Row], judged: list[goals.Goal]
    ) -> None:
        told = {
            "rules": book.version,
            "seeds": seeds,
            "profiles": [asdict(row) for row in rows],
            "goals": [{**asdict(goal), "holds": goal.holds} for goal in judged],
        }
        self.stdout.write(json.dumps(told))


def _book(path: Path) -> Book:
    try:
        return rules_book.read(data=json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} is no rules file: {error}") from error


def _promise(goal: goals.Goal) -> str:
    if goal.most == float("inf"):
        return f"at least {goal.least:g}"
    return f"{goal.least:g} to {goal.most:g}" if goal.least else f"at most {goal.most:g}"
