"""What the citations of a paper are compared with is called a reference set. Rows stay as they are."""

from django.db import migrations, models

OLD, NEW = "metrics_cellmetrics", "metrics_referenceset"


class Migration(migrations.Migration):
    dependencies = [("metrics", "0017_leased_rows")]

    operations = [
        migrations.RenameModel("CellMetrics", "ReferenceSet"),
        migrations.AlterModelOptions("referenceset", options={}),
        migrations.RenameIndex("referenceset", old_name=f"{OLD}_stale", new_name=f"{NEW}_stale"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE {NEW} RENAME CONSTRAINT {OLD}_once TO {NEW}_once",
                    f"ALTER TABLE {NEW} RENAME CONSTRAINT {NEW}_once TO {OLD}_once",
                )
            ],
            state_operations=[
                migrations.RemoveConstraint("referenceset", f"{OLD}_once"),
                migrations.AddConstraint(
                    "referenceset", models.UniqueConstraint(fields=("category", "kind", "year"), name=f"{NEW}_once")
                ),
            ],
        ),
    ]
