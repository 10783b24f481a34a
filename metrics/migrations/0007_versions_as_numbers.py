"""Versions of formulas as numbers in a fixed order: as an object of names they were half of every row.

Rows lose theirs; the next refresh writes them anew.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("metrics", "0006_room_in_pages")]

    operations = [
        operation
        for model in ("authormetrics", "papermetrics")
        for operation in (
            migrations.RemoveField(model_name=model, name="versions"),
            migrations.AddField(
                model_name=model,
                name="versions",
                field=django.contrib.postgres.fields.ArrayField(
                    base_field=models.SmallIntegerField(), default=list, size=None
                ),
            ),
        )
    ]
