from django.db import migrations, models

# A 0 that no source reports was written for works that nobody had counted. Which of them are known is for the next
# refresh to say; until then they are not known.
FORGET_ZEROS = """
UPDATE papers_paper SET counted_citation_count = NULL, shown_citation_count = reported_citation_count
WHERE counted_citation_count = 0;
UPDATE papers_authorship s SET shown_citation_count = NULL
FROM papers_paper p
WHERE p.id = s.paper_id AND p.shown_citation_count IS NULL AND s.shown_citation_count IS NOT NULL;
"""
BACK_TO_ZEROS = """
UPDATE papers_paper SET counted_citation_count = coalesce(counted_citation_count, 0),
    shown_citation_count = coalesce(shown_citation_count, 0)
WHERE counted_citation_count IS NULL OR shown_citation_count IS NULL;
UPDATE papers_authorship SET shown_citation_count = 0 WHERE shown_citation_count IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0018_unlisted_authors")]

    operations = [
        migrations.AlterField(
            "paper", "counted_citation_count", models.IntegerField(blank=True, null=True)
        ),
        migrations.AlterField("paper", "shown_citation_count", models.IntegerField(blank=True, null=True)),
        migrations.AlterField(
            "authorship", "shown_citation_count", models.IntegerField(blank=True, null=True)
        ),
        migrations.RunSQL(FORGET_ZEROS, BACK_TO_ZEROS),
    ]
