"""Register a café's device, give it a PIN, or retire it."""

from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from campus import clock
from campus.errors import CampusError
from campus.people.models import User
from points.coupons import operations
from points.coupons.models import Cafe, Till


class Command(BaseCommand):
    help = "Register a café's device, give its staff a PIN, or retire it when it is lost."

    def add_arguments(self, parser: CommandParser) -> None:
        ways = parser.add_subparsers(dest="way", required=True)
        register = ways.add_parser("register", help="let a sign-in be a device of a café")
        register.add_argument("username")
        register.add_argument("cafe", help="uid of the café")
        register.add_argument("--name", default="Counter")
        for way, told in (("pin", "set the PIN of the staff"), ("retire", "end a device")):
            ways.add_parser(way, help=told).add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, options["way"])(options)
        except CampusError as error:
            with translation.override("en"):
                raise CommandError(error.words()) from error
        except (Cafe.DoesNotExist, Till.DoesNotExist, User.DoesNotExist) as error:
            raise CommandError(str(error)) from error

    def register(self, options: dict[str, Any]) -> None:
        user = User.objects.get(username=options["username"])
        cafe = Cafe.objects.get(uid=options["cafe"])
        operations.register_till(cafe=cafe, user=user, name=options["name"], at=clock.now())
        self.stdout.write(f"{user.username} is a till now. Set its PIN: till pin {user.username}")

    def pin(self, options: dict[str, Any]) -> None:
        operations.set_pin(till=_till(options), pin=getpass("PIN: "))
        self.stdout.write("The PIN is set.")

    def retire(self, options: dict[str, Any]) -> None:
        operations.retire_till(till=_till(options), at=clock.now())
        self.stdout.write("The till is retired.")


def _till(options: dict[str, Any]) -> Till:
    return Till.objects.get(user__username=options["username"])
