from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from campus import processes


class CampusConfig(AppConfig):
    name = "campus"
    verbose_name = _("Places and people")

    def ready(self) -> None:
        register(processes.several_need_redis)
