"""
A small campus in a database of its own, for processes that are killed while they close its nights.

Run as a program: `build` it but for its last nights, `work` as a Celery worker or `tick` as the
embedded clock, close all nights `again`, and `tell` what is stored. CAMPUS_TEST_TOUCHES
names touches of the database (comma-separated) at which CAMPUS_TEST_SIGNAL is sent to the process
whose id stands in the file CAMPUS_TEST_VICTIM, or to itself.
"""

import os
import sys

import django
from django.conf import settings


def main(role: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.settings")
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Late: models are read after django.setup().
    from points.earning.operations import night
    from points.ledger.operations import expiry
    from tests.campus.nights.stage import acting, building

    night.SPAN = expiry.SPAN = 16  # several chunks, small as the campus is
    roles = {"work": acting.work, "tick": acting.tick, "tell": acting.tell, "again": acting.again}
    {**roles, "build": building.build}[role]()


if __name__ == "__main__":
    main(sys.argv[1])
