from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    name = "points"
    verbose_name = _("Points")

    def ready(self) -> None:
        # Late: a table's module may be read only when all apps are ready.
        from points.ledger import checks  # noqa: PLC0415

        post_migrate.connect(checks.reinstall, sender=self, dispatch_uid="points.ledger")
        register(checks.guards_are_installed, Tags.database)
