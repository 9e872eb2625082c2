"""On PostgreSQL the table of meter days is divided by month."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from meters.readings import months


def divide(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        months.divide(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("meters", "0001_initial")]
    operations = [migrations.RunPython(divide, migrations.RunPython.noop)]
