from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class MetersConfig(AppConfig):
    name = "meters"
    verbose_name = _("Electricity")

    def ready(self) -> None:
        # A table's module may be read only when all apps are ready.
        from meters import tasks  # noqa: PLC0415

        post_migrate.connect(tasks.lay_out_months, sender=self, dispatch_uid="meters.months")
