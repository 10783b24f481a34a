from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("papers", "0017_locations")]

    operations = [
        AddIndexConcurrently(
            model_name="author",
            index=models.Index(
                condition=models.Q(("is_listed", False)), fields=["id"], name="papers_author_unlisted"
            ),
        ),
    ]
