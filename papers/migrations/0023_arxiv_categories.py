"""Categories of arXiv's list that were not known as its own, "cond-mat.soft" for one, get their scheme and their name."""

from django.db import migrations

_CATEGORIES = """
UPDATE papers_category c SET scheme = 'arxiv', name = k.name, group_name = 'Physics'
FROM (VALUES ('cond-mat.none', 'Condensed Matter'), ('cond-mat.other', 'Other Condensed Matter'),
             ('cond-mat.soft', 'Soft Condensed Matter'), ('physics.optics', 'Optics')) k (code, name)
WHERE c.scheme = 'other' AND c.code = k.code
  AND NOT EXISTS (SELECT FROM papers_category o WHERE o.scheme = 'arxiv' AND o.code = k.code)
"""
_TOPICS = """
UPDATE papers_topic t SET name = c.name, key = 'arxiv:' || c.code, field_name = c.group_name, changed_at = now()
FROM papers_category c
WHERE t.category_id = c.id AND c.scheme = 'arxiv' AND c.name <> '' AND t.key = 'other:' || c.code
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0022_canonical_records")]

    operations = [
        migrations.RunSQL(_CATEGORIES, migrations.RunSQL.noop),
        migrations.RunSQL(_TOPICS, migrations.RunSQL.noop),
    ]
