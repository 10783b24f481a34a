from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # so that nobody waits for a million rows to be indexed

    dependencies = [("metrics", "0013_profiles_overdue"), ("papers", "0013_rights")]

    operations = [
        AddIndexConcurrently(
            model_name="authormetrics",
            index=models.Index(fields=["cited_by_count", "author"], name="metrics_author_cited"),
        ),
        AddIndexConcurrently(
            model_name="authormetrics",
            index=models.Index(fields=["works_count", "author"], name="metrics_author_works"),
        ),
    ]
