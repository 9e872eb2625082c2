"""Look after the master keys of coupons: rotate, back up in two shares, restore, drop."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from campus.errors import CampusError
from points.coupons import keys, queries


class Command(BaseCommand):
    help = "Rotate the master keys of coupons, back them up in two shares, restore or drop them."

    def add_arguments(self, parser: CommandParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        ways.add_parser("show", help="name the keys and how many unused coupons need each")
        ways.add_parser("rotate", help="let a new key sign; the old ones stay for their coupons")
        ways.add_parser("drop", help="forget keys that no unused coupon needs")
        for way, told in (
            ("back_up", "write two shares to files that do not exist yet; keep them apart"),
            ("restore", "have the keys of two shares again"),
        ):
            parts = ways.add_parser(way, help=told)
            parts.add_argument("one", type=Path)
            parts.add_argument("other", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = {name: options[name] for name in ("one", "other") if name in options}
            getattr(self, options["way"])(**files)
        except CampusError as error:
            with translation.override("en"):
                raise CommandError(error.words()) from error
        except OSError as error:
            raise CommandError(str(error)) from error

    def show(self) -> None:
        ring, needed = keys.keyring(), queries.needed_keys()
        for kid in ring.masters:
            signs = ", signs new coupons" if kid == ring.signing else ""
            self.stdout.write(f"{kid}  {needed.get(kid, 0)} unused coupons{signs}")
        for kid in sorted(needed.keys() - ring.masters.keys()):
            self.stdout.write(f"{kid}  {needed[kid]} unused coupons, LOST: restore it")

    def rotate(self) -> None:
        self.stdout.write(f"{keys.rotate()} signs from now on. Back the keys up again.")

    def drop(self) -> None:
        idle = set(keys.keyring().masters) - queries.needed_keys().keys()
        keys.drop(kids=idle)
        self.show()

    def back_up(self, one: Path, other: Path) -> None:
        for path, share in zip((one, other), keys.back_up(), strict=True):
            with path.open("x") as file:
                path.chmod(0o600)
                file.write(share + "\n")
        self.stdout.write("Two shares are written. Keep them in two places, never together.")

    def restore(self, one: Path, other: Path) -> None:
        came = keys.restore(one=one.read_text(), other=other.read_text())
        self.stdout.write(f"Restored: {', '.join(came) or 'nothing was missing'}.")
