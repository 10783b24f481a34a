"""Names that owners set before are their own words too, and their bylines are matched by what sources state again."""

from django.db import migrations

from papers.domain.names import parse_person_name


def mark(apps, schema_editor):
    corrections = apps.get_model("papers", "Correction").objects.filter(
        kind="author", field="name", reason="The owner's own name"
    )
    corrections.update(is_own_word=True)
    authors = apps.get_model("papers", "Author").objects
    for author_id, stated in corrections.order_by("pk").values_list("object_id", "stated_value"):
        if not stated:
            continue
        parts = parse_person_name(str(stated))
        authors.filter(pk=author_id).update(
            key=(parts.key or str(stated).casefold())[:300], family_key=parts.family_key[:300],
            initials=parts.initials[:40], is_initials=parts.is_initials,
        )


class Migration(migrations.Migration):
    dependencies = [("papers", "0015_own_word_on_a_name")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
