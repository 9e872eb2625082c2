"""Who published a tariff, announced saving terms, entered a warning and looked after a room."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _somebody() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("meters", "0002_months_of_meter_days"),
    ]

    operations = [
        migrations.AddField("tariff", "published_at", models.DateTimeField(null=True)),
        migrations.AddField("tariff", "published_by", _somebody()),
        migrations.AddField("savingterms", "announced_by", _somebody()),
        migrations.AddField("weatherwarning", "told_by", _somebody()),
        migrations.AddField("welfarenote", "seen_by", _somebody()),
    ]
