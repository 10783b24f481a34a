"""People are listed by letter from an index, however many there are."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False  # so that nobody waits for a million rows to be indexed

    dependencies = [("search", "0001_initial"), ("papers", "0020_rights_on_versions")]

    operations = [
        migrations.RunSQL(
            """CREATE INDEX CONCURRENTLY IF NOT EXISTS papers_author_by_letter
               ON papers_author (family_key COLLATE "C", id) WHERE merged_into_id IS NULL AND is_listed""",
            "DROP INDEX IF EXISTS papers_author_by_letter",
        )
    ]
