"""Curators may see attribution runs, and senior curators undo them."""

from django.db import migrations

from accounts.services.rights import grant_group_rights


def grant(apps, schema_editor):
    grant_group_rights(
        groups=apps.get_model("auth", "Group").objects,
        permissions=apps.get_model("auth", "Permission").objects,
        content_types=apps.get_model("contenttypes", "ContentType").objects,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0001_identity"),
        ("accounts", "0002_curators"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.AlterModelOptions(
            name="identitymove",
            options={"verbose_name": "moved byline", "verbose_name_plural": "moved bylines"},
        ),
        migrations.AlterModelOptions(
            name="identityrun",
            options={
                "permissions": [("undo_identityrun", "Can undo attribution runs")],
                "verbose_name": "attribution run",
                "verbose_name_plural": "attribution runs",
            },
        ),
        migrations.RunPython(grant, migrations.RunPython.noop),
    ]
