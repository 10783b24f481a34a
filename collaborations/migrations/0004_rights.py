"""Curators who are here already get the rights to look after reports."""

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
        ("collaborations", "0003_append_only"),
        ("accounts", "0003_letters"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
