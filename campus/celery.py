"""The alarm clock. Truth about a night is in the database; tasks only start what stands there."""

import os
import sys
from typing import Any

from celery import Celery
from celery.signals import beat_init, celeryd_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.settings")
app = Celery("campus")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_init.connect
@beat_init.connect
def _needs_redis(**_more: Any) -> None:
    if settings.EMBEDDED:
        sys.exit(
            "Workers and beat need Redis: set REDIS_URL. Without it `manage.py serve` does it all."
        )
