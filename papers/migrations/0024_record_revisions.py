"""A merge or a split of author records is called a revision. Rows stay as they are.

The triggers that write the log name tables and columns, so they are made anew around the renaming.
"""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from accounts.services.rights import before_renaming, rename_rights

OLD, NEW = "papers_recordact", "papers_recordrevision"
LOGGING = ("insert_insert", "update_update", "delete_delete")
CONSTRAINTS = ("kind_legal", "undone_by_whom")


def make_way(apps, schema_editor):
    before_renaming(content_types=apps.get_model("contenttypes", "ContentType").objects, app="papers", old="recordact", new="recordrevision")


def rename(apps, schema_editor):
    rename_rights(
        groups=apps.get_model("auth", "Group").objects,
        permissions=apps.get_model("auth", "Permission").objects,
        content_types=apps.get_model("contenttypes", "ContentType").objects,
        app="papers",
        old="recordact",
        new="recordrevision",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0023_arxiv_categories"),
        ("accounts", "0002_curators"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(make_way, migrations.RunPython.noop),
        *(pgtrigger.migrations.RemoveTrigger("bylinedecision", name) for name in LOGGING),
        *(pgtrigger.migrations.RemoveTrigger("recordact", name) for name in LOGGING),
        pgtrigger.migrations.RemoveTrigger("recordactlog", "append_only"),
        migrations.RenameModel("RecordAct", "RecordRevision"),
        migrations.RenameModel("RecordActLog", "RecordRevisionLog"),
        migrations.RenameField("recordmove", "act", "revision"),
        migrations.RenameField("bylinedecision", "act", "revision"),
        migrations.RenameField("bylinedecisionlog", "act", "revision"),
        migrations.AlterModelOptions(
            "recordrevision",
            options={
                "permissions": [("undo_recordrevision", "Can undo merges and splits of others")],
                "verbose_name": "merge or split",
                "verbose_name_plural": "merges and splits",
            },
        ),
        *(
            migrations.RenameIndex("recordrevision", old_name=f"{OLD}_{name}", new_name=f"{NEW}_{name}")
            for name in ("authors", "newest")
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE {NEW} RENAME CONSTRAINT {OLD}_{name} TO {NEW}_{name}",
                    f"ALTER TABLE {NEW} RENAME CONSTRAINT {NEW}_{name} TO {OLD}_{name}",
                )
                for name in CONSTRAINTS
            ],
            state_operations=[
                *(migrations.RemoveConstraint("recordrevision", f"{OLD}_{name}") for name in CONSTRAINTS),
                migrations.AddConstraint(
                    "recordrevision",
                    models.CheckConstraint(condition=models.Q(("kind__in", ["merge", "split"])), name=f"{NEW}_kind_legal"),
                ),
                migrations.AddConstraint(
                    "recordrevision",
                    models.CheckConstraint(
                        condition=models.Q(("undone_at__isnull", False), ("undone_by__isnull", True), _connector="OR"),
                        name=f"{NEW}_undone_by_whom",
                    ),
                ),
                migrations.RemoveConstraint("recordmove", "papers_recordmove_once"),
                migrations.AddConstraint(
                    "recordmove",
                    models.UniqueConstraint(fields=("revision", "what", "row_id"), name="papers_recordmove_once"),
                ),
            ],
        ),
        migrations.AlterField(
            model_name='recordrevision',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='record_revisions', to='papers.author'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bylinedecision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "papers_bylinedecisionlog" ("at", "author_id", "by_id", "from_author_id", "id", "is_theirs", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "printed_name", "reason", "revision_id", "to_author_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."at", NEW."author_id", NEW."by_id", NEW."from_author_id", NEW."id", NEW."is_theirs", NEW."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."position", NEW."printed_name", NEW."reason", NEW."revision_id", NEW."to_author_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='fe521f5043a04d8f293638672d9bea9b4a860b3a', operation='INSERT', pgid='pgtrigger_insert_insert_13faa', table='papers_bylinedecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bylinedecision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "papers_bylinedecisionlog" ("at", "author_id", "by_id", "from_author_id", "id", "is_theirs", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "printed_name", "reason", "revision_id", "to_author_id", "withdrawn_at", "withdrawn_by_id") VALUES (NEW."at", NEW."author_id", NEW."by_id", NEW."from_author_id", NEW."id", NEW."is_theirs", NEW."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."position", NEW."printed_name", NEW."reason", NEW."revision_id", NEW."to_author_id", NEW."withdrawn_at", NEW."withdrawn_by_id"); RETURN NULL;', hash='f43579ccd72ac725e584a9e922dfae0c308ef58a', operation='UPDATE', pgid='pgtrigger_update_update_13000', table='papers_bylinedecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bylinedecision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "papers_bylinedecisionlog" ("at", "author_id", "by_id", "from_author_id", "id", "is_theirs", "paper_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "printed_name", "reason", "revision_id", "to_author_id", "withdrawn_at", "withdrawn_by_id") VALUES (OLD."at", OLD."author_id", OLD."by_id", OLD."from_author_id", OLD."id", OLD."is_theirs", OLD."paper_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."position", OLD."printed_name", OLD."reason", OLD."revision_id", OLD."to_author_id", OLD."withdrawn_at", OLD."withdrawn_by_id"); RETURN NULL;', hash='b7903b8c6f4216c9b062feb093eac854b7f9a626', operation='DELETE', pgid='pgtrigger_delete_delete_a4f44', table='papers_bylinedecision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordrevision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "papers_recordrevisionlog" ("at", "author_id", "author_ids", "by_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."author_id", NEW."author_ids", NEW."by_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', NEW."id", NEW."reason", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='dc028c836bfd01d5dcf030e34508d138b56c6554', operation='INSERT', pgid='pgtrigger_insert_insert_e7fff', table='papers_recordrevision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordrevision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "papers_recordrevisionlog" ("at", "author_id", "author_ids", "by_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "undone_at", "undone_by_id") VALUES (NEW."at", NEW."author_id", NEW."author_ids", NEW."by_id", NEW."id", NEW."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', NEW."id", NEW."reason", NEW."undone_at", NEW."undone_by_id"); RETURN NULL;', hash='8e779fc60d580934f97539660573bd9c8be2475c', operation='UPDATE', pgid='pgtrigger_update_update_e999f', table='papers_recordrevision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordrevision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "papers_recordrevisionlog" ("at", "author_id", "author_ids", "by_id", "id", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "undone_at", "undone_by_id") VALUES (OLD."at", OLD."author_id", OLD."author_ids", OLD."by_id", OLD."id", OLD."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', OLD."id", OLD."reason", OLD."undone_at", OLD."undone_by_id"); RETURN NULL;', hash='ce287660f1c790a62ebe170eddc29f06b7b79fd3', operation='DELETE', pgid='pgtrigger_delete_delete_ace28', table='papers_recordrevision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recordrevisionlog',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='38ee4a0edfbb9df4dd0c9c0cc04adace83b44f8c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_115c3', table='papers_recordrevisionlog', when='BEFORE')),
        ),
        migrations.RunPython(rename, migrations.RunPython.noop),
    ]
