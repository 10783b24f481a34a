import uuid
from datetime import timedelta

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0004_rights")]

    operations = [
        migrations.AddField(
            model_name="optout",
            name="takes_effect_at",
            field=models.DateTimeField(
                blank=True, null=True, help_text="When it is granted unless somebody objects; empty: a curator decides.",
            ),
        ),
        migrations.AddField(
            model_name="optout", name="objection_key", field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunSQL(
            "UPDATE profiles_optout SET objection_key = gen_random_uuid()", migrations.RunSQL.noop
        ),
        migrations.AlterField(
            model_name="optout",
            name="objection_key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddConstraint(
            model_name="optout",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("takes_effect_at__isnull", True),
                    ("takes_effect_at__gte", models.F("asked_at") + timedelta(days=7)),
                    _connector="OR",
                ),
                name="profiles_optout_seven_days",
            ),
        ),
        migrations.AlterField(
            model_name="listingcode",
            name="is_strong",
            field=models.BooleanField(
                help_text="The address is on a paper, or a form of the name at an institution on a byline."
            ),
        ),
    ]
