"""Curators may see locations and relations, decide on works that may be one, and undo merges of venues."""

from django.db import migrations

from accounts.services.rights import grant_group_rights


def grant(apps, schema_editor):
    grant_group_rights(
        groups=apps.get_model("auth", "Group").objects,
        permissions=apps.get_model("auth", "Permission").objects,
        content_types=apps.get_model("contenttypes", "ContentType").objects,
    )


class Migration(migrations.Migration):
    dependencies = [("papers", "0019_citations_may_be_unknown"), ("accounts", "0002_curators")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
