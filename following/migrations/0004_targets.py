from django.db import migrations, models

# Columns and an index are renamed; what stands on them in the database follows by itself, and only here has to be said.
UNIQUE = (
    ('followed', 'following_followed_once', ['kind', 'target_id']),
    ('follow', 'following_follow_once', ['user', 'kind', 'target_id']),
    ('eventlink', 'following_eventlink_once', ['event', 'kind', 'target_id']),
)
INDEXES = (
    ('follow', models.Index(fields=['kind', 'target_id', 'id'], name='following_follow_target')),
    (
        'eventlink',
        models.Index(
            fields=['kind', 'target_id', '-event'],
            include=('seen_at', 'event_kind'),
            name='following_eventlink_newest',
        ),
    ),
)


class Migration(migrations.Migration):

    dependencies = [
        ('following', '0003_target_kinds'),
    ]

    operations = [
        *(migrations.RenameField(model, 'subject_id', 'target_id') for model in ('followed', 'follow', 'eventlink')),
        migrations.RenameIndex('follow', new_name='following_follow_target', old_name='following_follow_subject'),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.RemoveConstraint(model, name) for model, name, _fields in UNIQUE),
                *(
                    migrations.AddConstraint(model, models.UniqueConstraint(fields=fields, name=name))
                    for model, name, fields in UNIQUE
                ),
                *(migrations.RemoveIndex(model, index.name) for model, index in INDEXES),
                *(migrations.AddIndex(model, index) for model, index in INDEXES),
            ]
        ),
    ]
