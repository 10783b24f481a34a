"""What is sent is called outgoing mail, and its states as the admin's pages call them. Rows stay as they are."""

from django.conf import settings
from django.db import migrations, models

from accounts.services.rights import before_renaming, rename_rights

OLD, NEW = "accounts_letter", "accounts_outgoingmail"
CONSTRAINTS = ("once", "lease_while_sending", "sent_has_time")
STATES = ["waiting", "sending", "handed", "sent", "failed", "unknown", "refused", "discarded"]
RENAMED = (("unsure", "unknown"), ("let_go", "discarded"))


def rename_constraint(table: str, old: str, new: str) -> migrations.RunSQL:
    sql = "ALTER TABLE {} RENAME CONSTRAINT {} TO {}"
    return migrations.RunSQL(sql.format(table, old, new), sql.format(table, new, old))


def rename_states(apps, schema_editor):
    for old, new in RENAMED:
        apps.get_model("accounts", "OutgoingMail").objects.filter(state=old).update(state=new)


def rename_states_back(apps, schema_editor):
    for old, new in RENAMED:
        apps.get_model("accounts", "OutgoingMail").objects.filter(state=new).update(state=old)


def make_way(apps, schema_editor):
    before_renaming(content_types=apps.get_model("contenttypes", "ContentType").objects, app="accounts", old="letter", new="outgoingmail")


def rename(apps, schema_editor):
    rename_rights(
        groups=apps.get_model("auth", "Group").objects,
        permissions=apps.get_model("auth", "Permission").objects,
        content_types=apps.get_model("contenttypes", "ContentType").objects,
        app="accounts",
        old="letter",
        new="outgoingmail",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_discarded_letters"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_way, migrations.RunPython.noop),
        migrations.RenameModel("Letter", "OutgoingMail"),
        migrations.AlterField(
            "outgoingmail",
            "to",
            models.ForeignKey(on_delete=models.CASCADE, related_name="mails", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveConstraint("outgoingmail", "accounts_letter_state_legal"),
        migrations.RunPython(rename_states, rename_states_back),
        migrations.AlterField(
            "outgoingmail",
            "state",
            models.CharField(
                choices=[
                    ("waiting", "Waiting"),
                    ("sending", "Sending"),
                    ("handed", "Handed"),
                    ("sent", "Sent"),
                    ("failed", "Failed"),
                    ("unknown", "Delivery unknown"),
                    ("refused", "Refused"),
                    ("discarded", "Discarded"),
                ],
                default="waiting",
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            "outgoingmail",
            models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="accounts_outgoingmail_state_legal"),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[rename_constraint(NEW, f"{OLD}_{name}", f"{NEW}_{name}") for name in CONSTRAINTS],
            state_operations=[
                *(migrations.RemoveConstraint("outgoingmail", f"{OLD}_{name}") for name in CONSTRAINTS),
                migrations.AddConstraint(
                    "outgoingmail", models.UniqueConstraint(fields=("kind", "key"), name=f"{NEW}_once")
                ),
                migrations.AddConstraint(
                    "outgoingmail",
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_until__isnull", False), ("state__in", ["sending", "handed"])),
                            models.Q(("state__in", ["sending", "handed"]), _negated=True),
                            _connector="OR",
                        ),
                        name=f"{NEW}_lease_while_sending",
                    ),
                ),
                migrations.AddConstraint(
                    "outgoingmail",
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(("state", "sent"), _negated=True),
                            _connector="OR",
                        ),
                        name=f"{NEW}_sent_has_time",
                    ),
                ),
            ],
        ),
        *(
            migrations.RenameIndex("outgoingmail", old_name=f"{OLD}_{name}", new_name=f"{NEW}_{name}")
            for name in ("waiting", "leased", "written")
        ),
        migrations.RemoveIndex("outgoingmail", "accounts_letter_unsure"),
        migrations.AddIndex(
            "outgoingmail",
            models.Index(condition=models.Q(("state", "unknown")), fields=["-id"], name="accounts_outgoingmail_unknown"),
        ),
        migrations.AlterModelOptions(
            "outgoingmail",
            options={
                "permissions": [("decide_outgoingmail", "Can send e-mails of unknown delivery again and discard them")],
            },
        ),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
