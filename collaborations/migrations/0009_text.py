"""What people write is called text. Rows stay as they are."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

MESSAGE = "collaborations_message"


def rename_kind(apps, schema_editor):
    apps.get_model("collaborations", "Message").objects.filter(kind="words").update(kind="text")


def rename_kind_back(apps, schema_editor):
    apps.get_model("collaborations", "Message").objects.filter(kind="text").update(kind="words")


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0008_moderation_actions")]

    operations = [
        migrations.RemoveConstraint("message", "collab_message_kind_legal"),
        migrations.RemoveConstraint("message", "collab_message_says_something"),
        migrations.RunPython(rename_kind, rename_kind_back),
        # The index follows its column.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveIndex("message", "collab_message_words")],
            database_operations=[
                migrations.RunSQL(
                    "ALTER INDEX collab_message_words RENAME TO collab_message_text",
                    "ALTER INDEX collab_message_text RENAME TO collab_message_words",
                )
            ],
        ),
        *(migrations.RenameField(model, "words", "text") for model in ("report", "invitation", "message")),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddIndex(
                    "message",
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.search.SearchVector("text", config="simple"), name="collab_message_text"
                    ),
                )
            ]
        ),
        migrations.AlterField(
            "message",
            "kind",
            models.CharField(
                choices=[("text", "Text"), ("joined", "Joined"), ("left", "Left")], default="text", max_length=8
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(("kind__in", ["text", "joined", "left"])), name="collab_message_kind_legal"
            ),
        ),
        migrations.AddConstraint(
            "message",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "text"),
                        models.Q(models.Q(("text", ""), _negated=True), ("emptied_at__isnull", False), _connector="OR"),
                    ),
                    models.Q(models.Q(("kind", "text"), _negated=True), ("text", "")),
                    _connector="OR",
                ),
                name="collab_message_says_something",
            ),
        ),
    ]
