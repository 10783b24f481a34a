"""Extensions, and the text search configuration by which titles and abstracts are read: accents off, English stems."""

from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(
            """
            CREATE TEXT SEARCH CONFIGURATION colophon (COPY = english);
            ALTER TEXT SEARCH CONFIGURATION colophon
                ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
            """,
            "DROP TEXT SEARCH CONFIGURATION colophon",
        ),
    ]
