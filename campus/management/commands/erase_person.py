"""For the office: erase a person who can no longer sign in. `manage.py erase_person USERNAME`."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from campus import clock
from campus.people import operations
from campus.people.models import User


class Command(BaseCommand):
    help = "Forget a person for ever: sign-in, nickname, sessions, e-mail, words. Books stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--yes", action="store_true", help="do not ask again")

    def handle(self, *, username: str, yes: bool, **_: object) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError("There is nobody of this name.")
        if not yes and input("This cannot be undone. Type the name again: ") != username:
            raise CommandError("Nobody was erased.")
        holder = operations.erase(user=user, at=clock.now())
        self.stdout.write(f"Erased. The books go on with holder {holder or 'none'}.")
