"""What a curator did about somebody is called a moderation action. Rows stay as they are."""

import django.db.models.deletion
from django.db import migrations, models

from accounts.services.rights import before_renaming, rename_rights

OLD, NEW = "collaborations_conductact", "collaborations_moderationaction"
CONSTRAINTS = ("until_when_it_lasts", "kind_legal")


def renamed(pattern: str, *names: str) -> migrations.RunSQL:
    """A statement that goes back with the same words the other way round."""
    return migrations.RunSQL(pattern.format(*names), pattern.format(names[0], *reversed(names[1:])))


def make_way(apps, schema_editor):
    before_renaming(content_types=apps.get_model("contenttypes", "ContentType").objects, app="collaborations", old="conductact", new="moderationaction")


def rename(apps, schema_editor):
    rename_rights(
        groups=apps.get_model("auth", "Group").objects,
        permissions=apps.get_model("auth", "Permission").objects,
        content_types=apps.get_model("contenttypes", "ContentType").objects,
        app="collaborations",
        old="conductact",
        new="moderationaction",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0007_collaboration_preference"),
        ("accounts", "0002_curators"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_way, migrations.RunPython.noop),
        migrations.RenameModel("ConductAct", "ModerationAction"),
        migrations.AlterField(
            "moderationaction",
            "report",
            models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="actions",
                to="collaborations.report",
            ),
        ),
        migrations.RenameIndex(
            "moderationaction", old_name="collab_conductact_latest", new_name="collab_moderation_latest"
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                *(
                    renamed(
                        "ALTER TABLE {} RENAME CONSTRAINT {} TO {}",
                        NEW,
                        f"collab_conductact_{name}",
                        f"collab_moderation_{name}",
                    )
                    for name in CONSTRAINTS
                ),
                renamed("ALTER TRIGGER {1} ON {0} RENAME TO {2}", NEW, f"{OLD}_append_only", f"{NEW}_append_only"),
            ],
            state_operations=[
                *(migrations.RemoveConstraint("moderationaction", f"collab_conductact_{name}") for name in CONSTRAINTS),
                migrations.AddConstraint(
                    "moderationaction",
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["limit", "suspend"]), ("until__isnull", False)),
                            models.Q(
                                models.Q(("kind__in", ["limit", "suspend"]), _negated=True), ("until__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="collab_moderation_until_when_it_lasts",
                    ),
                ),
                migrations.AddConstraint(
                    "moderationaction",
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["warn", "limit", "suspend", "lift", "dismiss"])),
                        name="collab_moderation_kind_legal",
                    ),
                ),
            ],
        ),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
