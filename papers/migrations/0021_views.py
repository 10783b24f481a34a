"""What every statement outside papers reads instead of spelling out merges and private names.

Postgres puts a view's text into the statement that reads it, so that plans are the same. A later migration that changes
the type of a column which a view names drops the view before and makes it again after.
"""

from django.db import migrations

# `canonical_id` is the record that stands for a row: itself, or what it was merged into (`merge_target_id`).
_CANONICAL = "id, coalesce(merged_into_id, id) AS canonical_id, merged_into_id AS merge_target_id, " + (
    "merged_into_id IS NULL AS is_canonical"
)
_AUTHOR = f"""{_CANONICAL}, kind, name, key, family_key, initials, is_initials, name_slot, search_text, is_listed,
    has_private_names, created_at, changed_at"""

VIEWS = {
    "canonical_author": f"SELECT {_AUTHOR} FROM papers_author",
    "canonical_venue": f"SELECT {_CANONICAL}, name, kind FROM papers_venue",
    "canonical_institution": f"SELECT {_CANONICAL}, name FROM papers_institution",
    "canonical_topic": f"SELECT {_CANONICAL}, name, key, category_id FROM papers_topic",
    # Authors whom a page may name and lead to.
    "listed_author": f"SELECT {_AUTHOR} FROM papers_author WHERE is_listed",
    # Bylines as they may be shown: people whose names are private are known by the record's name alone.
    "shown_authorship": """
        SELECT s.id, s.paper_id, s.position, s.author_id, a.name AS author_name, a.kind AS author_kind, a.is_listed,
            CASE WHEN a.has_private_names THEN a.name ELSE s.printed_name END AS shown_name,
            CASE WHEN a.has_private_names THEN '' ELSE s.given END AS given,
            CASE WHEN a.has_private_names THEN '' ELSE s.particle END AS particle,
            CASE WHEN a.has_private_names THEN '' ELSE s.family END AS family,
            CASE WHEN a.has_private_names THEN '' ELSE s.suffix END AS suffix,
            s.raw_affiliation, s.is_corresponding, s.role
        FROM papers_authorship s JOIN papers_author a ON a.id = s.author_id""",
}


class Migration(migrations.Migration):
    dependencies = [("papers", "0020_rights_on_versions")]

    operations = [
        migrations.RunSQL(f"CREATE VIEW {name} AS {query}", f"DROP VIEW {name}") for name, query in VIEWS.items()
    ]
