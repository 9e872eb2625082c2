#!/usr/bin/env python3
"""The command line of the platform: `python manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- settings first

    import campus.celery  # noqa: F401, PLC0415 -- tasks belong to our app, not to a default one

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
