"""Play a term of earning through before its terms are published, seed by seed."""

import json
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from campus import clock
from campus.errors import CampusError
from campus.places.models import Campus
from meters.savings import queries as savings
from meters.savings.facts import ReplayedTerm
from points.coupons.models import Offer
from points.earning import queries as earning
from points.earning.simulation.plan import RULES, Plan, plan
from points.earning.simulation.play import play
from points.earning.simulation.report import Figure, figures, gates

PANEL = Path(settings.BASE_DIR) / "meters" / "demo" / "data" / "rooms"
KG_PER_KWH = Decimal("0.4173")  # Korea 2023, as in meters/savings/factors.json
COFFEE = "cup"  # icon of the offer that is the coffee
COFFEE_CP, COFFEE_MINOR = 100, 1000  # where no campus says otherwise

Terms = Callable[[int], ReplayedTerm]
Parameters = dict[str, dict[str, Any]]


class Command(BaseCommand):
    help = (
        "Try terms of earning on a panel of readings, or on the last term of a campus: weeks to "
        "the first coffee, electricity's share, money per verified tonne, budget and its spread."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--panel", type=Path, default=PANEL, help="folder of readings")
        where.add_argument("--campus", help="slug: replay the settlements of its last term")
        parser.add_argument("--seeds", type=int, default=20)
        parser.add_argument("--savers", type=float, default=0.6, help="part of rooms that save")
        parser.add_argument("--saving", default="5-20", help="percent that savers use less")
        parser.add_argument("--activities", type=float, default=0.3, help="a person and week")
        parser.add_argument("--coffee", type=int, help="its price in points; else the offer's")
        parser.add_argument("--money", type=int, help="what the café is owed for it")
        parser.add_argument("--budget", type=int, help="money set aside, minor units")
        parser.add_argument(
            "--set", action="append", default=[], metavar="RULE.PARAMETER=N", dest="changes"
        )
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--check", action="store_true", help="fail if a promise is not kept")

    def handle(self, **options: Any) -> None:
        try:
            tried, terms = _campus(options) if options["campus"] else _panel(options)
            played = [play(terms(seed), plan=tried, seed=seed) for seed in range(options["seeds"])]
        except CampusError as error:
            raise CommandError(error.words()) from error
        told = figures(played, plan=tried)
        (self._json if options["json"] else self._table)(tried, told)
        broken = [gate.text for gate in gates(told) if not gate.holds]
        if options["check"] and broken:
            raise CommandError(f"Not kept: {'; '.join(broken)}.")

    def _table(self, tried: Plan, told: list[Figure]) -> None:
        self.stdout.write(f"{tried}\n{'':<46}{'5 %':>14}{'median':>14}{'95 %':>14}")
        for figure in told:
            self.stdout.write(figure.text())
        for gate in gates(told):
            self.stdout.write(f"{'kept  ' if gate.holds else 'BROKEN'}  {gate.text}")

    def _json(self, tried: Plan, told: list[Figure]) -> None:
        rows = {figure.name.strip(): [figure.low, figure.median, figure.high] for figure in told}
        kept = {gate.text: gate.holds for gate in gates(told)}
        self.stdout.write(json.dumps({"plan": asdict(tried), "figures": rows, "kept": kept}))


def _panel(options: Mapping[str, Any]) -> tuple[Plan, Terms]:
    least, most = _range(options["saving"])

    def term(seed: int) -> ReplayedTerm:
        return savings.rehearsed_term(
            folder=options["panel"],
            seed=seed,
            savers=options["savers"],
            saving=(least, most),
            kg_per_kwh=KG_PER_KWH,
        )

    tried = _plan({}, options, coffee_cp=COFFEE_CP, coffee_minor=COFFEE_MINOR, budget=None)
    return tried, term


def _range(text: str) -> tuple[float, float]:
    try:
        least, most = (float(part) / 100 for part in text.split("-"))
    except ValueError as error:
        raise CommandError("--saving is two percentages: 5-20") from error
    return least, most


def _campus(options: Mapping[str, Any]) -> tuple[Plan, Terms]:
    """The terms, the coffee and the budget of a campus as they are, and its newest settled term."""
    campus = Campus.objects.filter(slug=options["campus"]).first()
    today = clock.today(zone=campus.zone) if campus else None
    if campus is None or today is None:
        raise CommandError(f"There is no campus {options['campus']!r}.")
    past = campus.terms.filter(starts_on__lte=today, settlements__isnull=False)
    term = past.order_by("-starts_on").first()
    if term is None:
        raise CommandError("Nothing of this campus was settled yet: try a panel.")
    dated = earning.dated_terms(campus=campus)
    rows = {rule: dated.on(rule=rule, day=today) for rule in RULES}
    known = {rule: dict(row.parameters) for rule, row in rows.items() if row}
    offers = Offer.objects.filter(cafe__campus=campus, icon=COFFEE).order_by("price_cp")
    coffee = offers.first()
    budget = earning.budget_on(campus=campus, day=today)
    tried = _plan(
        known,
        options,
        coffee_cp=coffee.price_cp if coffee else COFFEE_CP,
        coffee_minor=coffee.value_minor if coffee else COFFEE_MINOR,
        budget=budget.money_minor if budget else None,
    )
    settled = savings.settled_term(term=term)
    return tried, lambda _seed: settled


def _plan(
    known: Parameters,
    options: Mapping[str, Any],
    *,
    coffee_cp: int,
    coffee_minor: int,
    budget: int | None,
) -> Plan:
    parameters: Parameters = defaultdict(dict, known)
    for change in options["changes"]:
        name, _equals, value = change.partition("=")
        rule, _dot, parameter = name.partition(".")
        if rule not in RULES or not value.isdecimal():
            raise CommandError(f"{change!r} is no RULE.PARAMETER=N; rules: {', '.join(RULES)}")
        parameters[rule][parameter] = int(value)
    return plan(
        parameters=parameters,
        coffee_cp=options["coffee"] or coffee_cp,
        coffee_minor=options["money"] or coffee_minor,
        activities=options["activities"],
        budget_minor=budget if options["budget"] is None else options["budget"],
    )
