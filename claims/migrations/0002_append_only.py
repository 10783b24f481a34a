"""Evidence and events are added and never changed. Only forgetting a person, who asks for it, takes rows away."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION claims_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('colophon.forgetting', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'rows of % are added and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
TRIGGERS = """
CREATE TRIGGER claims_evidence_append_only BEFORE UPDATE OR DELETE ON claims_evidence
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
CREATE TRIGGER claims_claimevent_append_only BEFORE UPDATE OR DELETE ON claims_claimevent
    FOR EACH ROW EXECUTE FUNCTION claims_append_only();
"""
BACK = """
DROP TRIGGER claims_evidence_append_only ON claims_evidence;
DROP TRIGGER claims_claimevent_append_only ON claims_claimevent;
DROP FUNCTION claims_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]
    operations = [migrations.RunSQL([FUNCTION, TRIGGERS], BACK)]
