"""
`manage.py intake FILE... --campus SLUG`: takes in files of readings of any size.

With --dry-run nothing is written and no campus is needed: what each file alone says is told.
"""

import json as json_
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from campus import clock
from campus.places.models import Campus
from meters.readings import dry_run as dry
from meters.readings import intake, operations, telling, words
from meters.readings import profile as profiles
from meters.readings.dry_run import Outcome
from meters.readings.models import Delivery
from meters.readings.profile import Profile
from meters.readings.queries import senders
from meters.readings.refusals import ProfileWrong

LINES_SHOWN = 20
LARGEST_PROFILE = 64 * 1024


class Command(BaseCommand):
    help = "Take in files of readings; closed days that they change are closed again."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
        parser.add_argument("--campus", help="slug of the campus the files speak of")
        parser.add_argument(
            "--profile", help="a JSON file, JSON itself, or the name of a saved profile"
        )
        parser.add_argument("--timezone", help="for example Asia/Seoul; else the campus's")
        parser.add_argument("--digits", type=int, help="kWh places of a register, before it rolls")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, tell the days")
        parser.add_argument("--json", action="store_true", help="one JSON object a file")

    def handle(
        self,
        *,
        files: list[Path],
        campus: str | None,
        profile: str | None,
        timezone: str | None,
        digits: int | None,
        dry_run: bool,
        json: bool,
        **_: object,
    ) -> None:
        place = _campus(campus) if campus or not dry_run else None
        said = _said(profile, place, timezone, digits)
        refused = 0
        for file in files:
            if dry_run:
                refused += self._dry_run(file, said, place, as_json=json)
            else:
                assert place is not None
                refused += self._take(file, place, said, as_json=json)
        if refused:
            sys.exit(1)

    def _dry_run(
        self, file: Path, said: dict[str, object], campus: Campus | None, *, as_json: bool
    ) -> bool:
        try:
            with file.open("rb") as stream:
                size = file.stat().st_size
                found = dry.dry_run(stream=stream, size=size, said=_profile(said))
        except OSError as fault:
            raise CommandError(f"{file}: {fault.strerror}") from None
        if campus:
            dry.remark_unknown(found, known=senders.serials(campus=campus))
        if as_json:
            self.stdout.write(json_.dumps(telling.document(found), ensure_ascii=False))
        else:
            self._tell_days(file, found)
        return found.refusal is not None

    def _tell_days(self, file: Path, found: Outcome) -> None:
        for line in telling.lines(found, name=file.name):
            self.stdout.write(line)

    def _take(self, file: Path, campus: Campus, said: dict[str, object], *, as_json: bool) -> bool:
        at = clock.now()
        delivery = _delivery(file, campus, said)
        if as_json:
            self.stdout.write(json_.dumps(telling.delivery(delivery), ensure_ascii=False))
        if delivery.state == Delivery.State.REFUSED:
            reason = words.file_reason(code=delivery.reason, facts=delivery.report[0]["facts"])
            self.stderr.write(f"{file.name}: {reason} ({delivery.reason})")
            return True
        if not as_json:
            self._tell(delivery)
        days = operations.revise_nights(delivery=delivery, at=at)
        if days and not as_json:
            self.stdout.write(f"closed again: {', '.join(map(str, days))}")
        return False

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


def _campus(slug: str | None) -> Campus:
    found = Campus.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Campus.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no campus {slug!r}; there is: {known or 'none yet'}.")
    return found


def _said(
    text: str | None, campus: Campus | None, timezone: str | None, digits: int | None
) -> dict[str, object]:
    """The profile that was named, with what the command line says besides."""
    document = _document(text, campus) if text else {}
    document |= {"timezone": timezone} if timezone else {}
    document |= {"digits": digits} if digits else {}
    _profile(document)
    return document


def _profile(document: dict[str, object]) -> Profile:
    try:
        return profiles.of(document)
    except ProfileWrong as fault:
        raise CommandError(fault.words()) from None


def _document(text: str, campus: Campus | None) -> dict[str, object]:
    saved = senders.profile_named(campus=campus, name=text) if campus else None
    if saved is not None:
        return saved
    try:
        content = text
        if not text.lstrip().startswith("{"):
            content = Path(text).read_bytes()[:LARGEST_PROFILE].decode("utf-8-sig")
        document = json_.loads(content)
    except (OSError, ValueError) as fault:
        raise CommandError(f"--profile {text[:80]}: {fault}") from None
    if not isinstance(document, dict):
        raise CommandError("--profile: a JSON object is needed")
    return document


def _delivery(file: Path, campus: Campus, said: dict[str, object]) -> Delivery:
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
            said=said,
        )
