"""Lines of the admin's log outlive the account: they change hands, and what names the person is taken out of them.

Until now an account that was deleted took its own lines along, and with them what it had done to others.
"""

from django.db import migrations

KEPT = r"""
CREATE OR REPLACE FUNCTION portal_admin_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND portal_is_being_erased(OLD.user_id)
       AND to_jsonb(NEW) - 'user_id' = to_jsonb(OLD) - 'user_id' THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.object_id ~ '^\d{1,18}$' AND portal_is_being_erased(OLD.object_id::bigint)
       AND to_jsonb(NEW) = to_jsonb(OLD) || '{"object_repr": "", "change_message": ""}' AND EXISTS (
        SELECT FROM django_content_type WHERE id = OLD.content_type_id AND app_label = 'accounts' AND model = 'user'
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are added and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
BACK = r"""
CREATE OR REPLACE FUNCTION portal_admin_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND portal_is_being_erased(OLD.user_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' AND OLD.object_id ~ '^\d{1,18}$' AND portal_is_being_erased(OLD.object_id::bigint) AND EXISTS (
        SELECT FROM django_content_type WHERE id = OLD.content_type_id AND app_label = 'accounts' AND model = 'user'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'rows of % are added and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_append_only_logs")]
    operations = [migrations.RunSQL(KEPT, BACK)]
