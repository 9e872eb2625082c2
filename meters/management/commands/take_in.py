"""`manage.py take_in FILE --campus SLUG`: takes in a file of readings of any size."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from campus import clock
from campus.places.models import Campus
from meters.readings import intake, operations, words
from meters.readings.models import Delivery

LINES_SHOWN = 20


class Command(BaseCommand):
    help = "Take in a file of readings; closed days that it changes are closed again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--campus", required=True, help="slug of the campus it speaks of")

    def handle(self, *, file: Path, campus: str, **_: object) -> None:
        at = clock.now()
        delivery = _take(file, _campus(campus))
        if delivery.state == Delivery.State.REFUSED:
            reason = words.file_reason(code=delivery.reason, facts=delivery.report[0]["facts"])
            raise CommandError(f"{file.name}: {reason} ({delivery.reason})")
        self._tell(delivery)
        days = operations.revise_nights(delivery=delivery, at=at)
        if days:
            self.stdout.write(f"closed again: {', '.join(map(str, days))}")

    def _tell(self, delivery: Delivery) -> None:
        self.stdout.write(
            f"{delivery.name} ({delivery.format}): {delivery.accepted_rows} accepted, "
            f"{delivery.duplicate_rows} duplicate, {delivery.refused_rows} refused"
        )
        for row in delivery.report[:LINES_SHOWN]:
            message = words.row_fault(code=row["code"], facts=row["facts"])
            self.stdout.write(f"  line {row['line']}: {message}")
        if len(delivery.report) > LINES_SHOWN:
            self.stdout.write("  " + words.more_rows(count=len(delivery.report) - LINES_SHOWN))


def _campus(slug: str) -> Campus:
    found = Campus.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Campus.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no campus {slug!r}; there is: {known or 'none yet'}.")
    return found


def _take(file: Path, campus: Campus) -> Delivery:
    try:
        stream = file.open("rb")
    except OSError as fault:
        raise CommandError(f"{file}: {fault.strerror}") from None
    with stream:
        return intake.take_in(
            campus=campus,
            name=file.name,
            stream=stream,
            way=Delivery.Way.COMMAND,
            by=None,
            at=clock.now(),
            limit_bytes=None,
        )
