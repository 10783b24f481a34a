"""What curators did about somebody is added and never changed."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION collaborations_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are added and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
TRIGGER = """
CREATE TRIGGER collaborations_conductact_append_only BEFORE UPDATE OR DELETE ON collaborations_conductact
    FOR EACH ROW EXECUTE FUNCTION collaborations_append_only();
"""
BACK = """
DROP TRIGGER collaborations_conductact_append_only ON collaborations_conductact;
DROP FUNCTION collaborations_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0002_collaborations")]
    operations = [migrations.RunSQL([FUNCTION, TRIGGER], BACK)]
