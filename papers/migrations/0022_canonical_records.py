"""Papers have their view of canonical records too, and those of institutions, topics and venues have what is read of them.

Going back leaves the further columns: no statement of before reads them.
"""

from django.db import migrations

_CANONICAL = "id, coalesce(merged_into_id, id) AS canonical_id, merged_into_id AS merge_target_id, " + (
    "merged_into_id IS NULL AS is_canonical"
)
_PAPER = """title, abstract, kind, published_date, published_precision, venue_id, primary_category_id, language,
    is_retracted, author_count, references_total, reported_citation_count, counted_citation_count, shown_citation_count,
    title_hash, first_family_key, created_at, changed_at"""

# A view keeps the columns that it has, in their order; further ones follow.
FURTHER = {
    "venue": "name, kind, key, series_key, publisher",
    "institution": "name, key, kind, country_code, city",
    "topic": "name, key, category_id, description, field_name",
}


class Migration(migrations.Migration):
    dependencies = [("papers", "0021_views")]

    operations = [
        migrations.RunSQL(
            f"CREATE VIEW canonical_paper AS SELECT {_CANONICAL}, {_PAPER} FROM papers_paper",
            "DROP VIEW canonical_paper",
        ),
        *(
            migrations.RunSQL(
                f"CREATE OR REPLACE VIEW canonical_{kind} AS SELECT {_CANONICAL}, {columns} FROM papers_{kind}",
                migrations.RunSQL.noop,
            )
            for kind, columns in FURTHER.items()
        ),
    ]
