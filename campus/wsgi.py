import os

from django.core.wsgi import get_wsgi_application

import campus.celery  # noqa: F401 -- tasks belong to our app, not to a default one

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campus.settings")
application = get_wsgi_application()
