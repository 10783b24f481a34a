"""How the large tables lie on disk.

Long texts leave the row early, so that a new citation count rewrites a few dozen bytes and not the abstract; the
full-text index takes its entries in large batches; a person's search is one index look-up whatever the word order.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("papers", "0002_record")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE papers_paper SET (toast_tuple_target = 256);
            ALTER TABLE papers_paper ALTER COLUMN abstract SET STORAGE EXTERNAL;
            ALTER TABLE papers_paper ALTER COLUMN abstract_html SET STORAGE EXTERNAL;
            ALTER TABLE papers_papersearch ALTER COLUMN vector SET STORAGE EXTERNAL;
            ALTER INDEX papers_papersearch_vector SET (fastupdate = on, gin_pending_list_limit = 65536);
            ALTER INDEX papers_author_search_trgm SET (fastupdate = on, gin_pending_list_limit = 16384);
            CREATE INDEX papers_author_search_words
                ON papers_author USING gin (to_tsvector('simple', search_text));
            """,
            """
            DROP INDEX papers_author_search_words;
            ALTER TABLE papers_paper RESET (toast_tuple_target);
            """,
        ),
    ]
