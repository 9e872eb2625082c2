import os

from django.core.wsgi import get_wsgi_application

import campus.celery  # noqa: F401 -- tasks belong to our app, not to a default one

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 -- when the settings are read

from campus import processes  # noqa: E402

if settings.EMBEDDED:
    alone = processes.be_the_only_one(settings.DATA_DIR)
