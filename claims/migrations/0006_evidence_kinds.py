from django.db import migrations, models

from common.db.kind_checks import is_registered, statement_for

# The kinds of this day; the end of every migrate writes today's.
KINDS = ('institution_mail', 'link_back', 'orcid_on_record', 'orcid_works', 'printed_mail', 'vouch')


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0005_mailed_codes'),
    ]

    operations = [
        migrations.RunSQL(statement_for('claims_is_evidence', KINDS), migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='claims_evidence_kind_legal',
        ),
        migrations.AlterField(
            model_name='evidence',
            name='kind',
            field=models.CharField(max_length=24),
        ),
        migrations.AlterField(
            model_name='outsidecheck',
            name='kind',
            field=models.CharField(max_length=24),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=is_registered('kind', 'claims_is_evidence'), name='claims_evidence_kind_legal'),
        ),
        migrations.AddConstraint(
            model_name='outsidecheck',
            constraint=models.CheckConstraint(condition=is_registered('kind', 'claims_is_evidence'), name='claims_outsidecheck_kind_legal'),
        ),
    ]
