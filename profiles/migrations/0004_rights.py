from django.db import migrations

from accounts.services.rights import grant_group_rights


def grant(apps, schema_editor):
    grant_group_rights(
        groups=apps.get_model("auth", "Group").objects,
        permissions=apps.get_model("auth", "Permission").objects,
        content_types=apps.get_model("contenttypes", "ContentType").objects,
    )


class Migration(migrations.Migration):
    dependencies = [("profiles", "0003_attribution_requests"), ("accounts", "0002_curators")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
