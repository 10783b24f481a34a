"""The log that is only ever added to: django-pghistory's event tables, which triggers write (docs/adr/0052)."""

import pghistory

PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
# Who acted stands in the log's own rows, so that no other table has to be changed while they are written.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="log", related_query_name="log")
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False
PGTRIGGER_MIGRATIONS = True
