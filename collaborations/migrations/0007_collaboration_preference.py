import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('collaborations', '0006_plain_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameModel('Openness', 'CollaborationPreference'),
        migrations.AlterModelOptions('collaborationpreference', {'verbose_name_plural': 'collaboration preferences'}),
        migrations.AlterField(
            model_name='collaborationpreference',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='collaboration_preference', serialize=False, to=settings.AUTH_USER_MODEL),
        ),
    ]
