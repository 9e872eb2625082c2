"""What managers tell everybody in a house."""

import django.db.models.deletion
import uuid6
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campus", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid6.uuid7, editable=False, unique=True)),
                ("title", models.JSONField()),
                ("text", models.JSONField(default=dict)),
                ("told_at", models.DateTimeField()),
                (
                    "people",
                    models.PositiveIntegerField(default=0, help_text="how many were told"),
                ),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "residence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to="campus.residence",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["residence", "-id"], name="announcements_of_a_house")
                ],
            },
        ),
    ]
