"""Every log is only ever added to. What an erased account takes along goes in the transaction that deletes it.

Until now a setting of the connection, which the application's role can make itself, opened the log of claims, and
nothing guarded the log of the admin.
"""

from django.db import migrations

ERASURE = """
CREATE FUNCTION portal_begin_erasure(person bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM papers_logscrub WHERE person_id = person AND at = now()) THEN
        INSERT INTO papers_logscrub (person_id, reason, rows, at) VALUES (person, 'the account is being deleted', 0, now());
    END IF;
END $$;

CREATE FUNCTION portal_is_being_erased(person bigint) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM papers_logscrub WHERE person_id = person AND at = now());

CREATE FUNCTION portal_erased_account_is_gone() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM accounts_user WHERE id = NEW.person_id) THEN
        RAISE EXCEPTION 'only a person whose account is gone is taken out of the logs' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER portal_erased_account_is_gone AFTER INSERT ON papers_logscrub
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION portal_erased_account_is_gone();
"""
CLAIMS = """
CREATE OR REPLACE FUNCTION claims_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE person bigint;
BEGIN
    FOR person IN
        SELECT user_id FROM claims_claim WHERE id = OLD.claim_id
        UNION ALL SELECT (to_jsonb(OLD) ->> 'voucher_id')::bigint UNION ALL SELECT (to_jsonb(OLD) ->> 'by_id')::bigint
    LOOP
        IF portal_is_being_erased(person) THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'rows of % are added and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
ADMIN = r"""
CREATE FUNCTION portal_admin_log_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER portal_admin_log_append_only BEFORE UPDATE OR DELETE ON django_admin_log
    FOR EACH ROW EXECUTE FUNCTION portal_admin_log_append_only();
"""
BACK = """
DROP TRIGGER portal_admin_log_append_only ON django_admin_log;
DROP FUNCTION portal_admin_log_append_only();
CREATE OR REPLACE FUNCTION claims_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('colophon.forgetting', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'rows of % are added and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER portal_erased_account_is_gone ON papers_logscrub;
DROP FUNCTION portal_erased_account_is_gone();
DROP FUNCTION portal_is_being_erased(bigint);
DROP FUNCTION portal_begin_erasure(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("papers", "0012_forget_in_log"),
        ("claims", "0002_append_only"),
        ("admin", "0003_logentry_add_action_flag_choices"),
    ]
    operations = [migrations.RunSQL([ERASURE, CLAIMS, ADMIN], BACK)]
