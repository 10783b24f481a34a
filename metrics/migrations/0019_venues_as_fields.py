"""Works without a category are counted by venue. What was said of all of them stands for each venue until coverage is
made anew, which counts again where something else is true now."""

from django.db import migrations

OF_VENUES = """
INSERT INTO metrics_citationcoverage (field, year, works_count, listed_count, could_cite_count, could_cite_listed_count,
    is_evidence, counted_from, counted_until)
SELECT DISTINCT 'venue:' || p.venue_id, m.year, m.works_count, m.listed_count, m.could_cite_count,
    m.could_cite_listed_count, m.is_evidence, m.counted_from, m.counted_until
FROM papers_paper p
JOIN metrics_citationcoverage m ON m.field = '' AND m.year = date_part('year', p.published_date)::smallint
WHERE p.primary_category_id IS NULL AND p.venue_id IS NOT NULL
"""
MAKE_ANEW = """
INSERT INTO metrics_overdue (kind, object_id)
SELECT 'coverage', 0 WHERE EXISTS (SELECT FROM metrics_citationcoverage) ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("metrics", "0018_reference_sets"), ("papers", "0027_venue_acronyms")]

    operations = [
        migrations.RunSQL(OF_VENUES, migrations.RunSQL.noop, elidable=True),
        migrations.RunSQL(MAKE_ANEW, migrations.RunSQL.noop, elidable=True),
    ]
