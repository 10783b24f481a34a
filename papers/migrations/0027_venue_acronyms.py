"""The acronyms that venues' names state, as "acl" of "… (ACL 2010)", so that a search for one finds its venue."""

from django.db import migrations, models

from papers.domain.venue_names import acronym_of

SOME = 5_000


def read_acronyms(apps, schema_editor):
    names = apps.get_model("papers", "VenueName")
    rows = names.objects.order_by("pk").values_list("pk", "name", "venue__kind")
    found = [
        names(pk=pk, acronym=acronym) for pk, name, kind in rows.iterator(SOME) if (acronym := acronym_of(name, kind))
    ]
    names.objects.bulk_update(found, ["acronym"], batch_size=SOME)


class Migration(migrations.Migration):
    dependencies = [("papers", "0026_authorship_corrections")]

    operations = [
        migrations.AddField("venuename", "acronym", models.CharField(blank=True, default="", max_length=16)),
        migrations.RunPython(read_acronyms, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "venuename",
            models.Index(
                condition=models.Q(("acronym", ""), _negated=True), fields=["acronym"], name="papers_venuename_acronym"
            ),
        ),
    ]
