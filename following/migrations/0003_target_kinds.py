from django.db import migrations, models

from common.db.kind_checks import is_registered, statement_for

# The kinds of this day; the end of every migrate writes today's.
FOLLOWABLE = ('author', 'topic', 'institution', 'venue', 'paper', 'search')
CHECKS = (
    ('followed', 'following_followed_kind_legal', 'following_is_followable'),
    ('follow', 'following_follow_kind_legal', 'following_is_followable'),
    ('eventlink', 'following_eventlink_kind_legal', 'following_is_target'),
)


class Migration(migrations.Migration):

    dependencies = [
        ('following', '0002_kept_feeds'),
    ]

    operations = [
        migrations.RunSQL(statement_for('following_is_followable', FOLLOWABLE), migrations.RunSQL.noop),
        migrations.RunSQL(statement_for('following_is_target', (*FOLLOWABLE, 'person')), migrations.RunSQL.noop),
        *(migrations.RemoveConstraint(model_name=model, name=name) for model, name, _function in CHECKS),
        *(
            migrations.AddConstraint(
                model_name=model,
                constraint=models.CheckConstraint(condition=is_registered('kind', function), name=name),
            )
            for model, name, function in CHECKS
        ),
    ]
