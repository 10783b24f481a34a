"""Who deletes their account is taken out of the log: by one function, which a deletion alone sets off, and noted."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION portal_forget_in_log(person bigint, why text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    log regclass; col record; n integer; touched integer := 0;
BEGIN
    IF EXISTS (SELECT FROM accounts_user WHERE id = person) THEN
        RAISE EXCEPTION 'only a person whose account is gone is taken out of the log';
    END IF;
    PERFORM set_config('pgtrigger.ignore', (
        SELECT coalesce(array_agg(tgname::text), '{}')::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger_append_only_%'
    ), true);
    FOR log IN
        SELECT a.attrelid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        WHERE a.attname = 'pgh_id' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
    LOOP
        -- What is about the person loses its words and values.
        FOR col IN
            SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
            WHERE attrelid = log AND attnum > 0 AND NOT attisdropped AND attname NOT LIKE 'pgh\\_%'
              AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = log AND attname = 'user_id')
              AND (atttypid IN ('text'::regtype, 'varchar'::regtype, 'jsonb'::regtype))
        LOOP
            EXECUTE format('UPDATE %s SET %I = %L WHERE user_id = $1', log, col.name,
                           CASE col.type WHEN 'jsonb' THEN 'null' ELSE '' END) USING person;
        END LOOP;
        -- What the person did is no longer said to be theirs.
        FOR col IN
            SELECT attname AS name, attnotnull AS needed FROM pg_attribute
            WHERE attrelid = log AND attname IN ('user_id', 'by_id', 'undone_by_id', 'withdrawn_by_id', 'decided_by_id')
        LOOP
            IF col.name = 'by_id' AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = log AND attname = 'reason') THEN
                EXECUTE format('UPDATE %s SET reason = '''' WHERE by_id = $1', log) USING person;
            END IF;
            EXECUTE format('UPDATE %s SET %I = %s WHERE %I = $1', log, col.name,
                           CASE WHEN col.needed THEN '0' ELSE 'NULL' END, col.name) USING person;
            GET DIAGNOSTICS n = ROW_COUNT;
            touched := touched + n;
        END LOOP;
        EXECUTE format('UPDATE %s SET pgh_context = NULL WHERE pgh_context ->> ''by'' = $1::text', log) USING person;
    END LOOP;
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    INSERT INTO papers_logscrub (person_id, reason, rows, at) VALUES (person, why, touched, now());
    RETURN touched;
END $$;
REVOKE ALL ON FUNCTION portal_forget_in_log(bigint, text) FROM PUBLIC;

CREATE FUNCTION portal_forget_deleted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM portal_forget_in_log(OLD.id, 'the account was deleted');
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION portal_forget_deleted() FROM PUBLIC;
CREATE TRIGGER portal_forget_deleted AFTER DELETE ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION portal_forget_deleted();
"""
BACK = """
DROP TRIGGER portal_forget_deleted ON accounts_user;
DROP FUNCTION portal_forget_deleted();
DROP FUNCTION portal_forget_in_log(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0011_log"), ("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, BACK),
    ]
