"""Codes that were sent for claims go to the one table of mailed codes, in accounts."""

from django.db import migrations

MOVE = """
INSERT INTO accounts_mailedcode (key, purpose, about_id, address, code_hash, details, sent_at, expires_at, tries, used_at)
SELECT gen_random_uuid(), 'claims', claim_id, address, code_hash, '{}', sent_at, expires_at, tries, used_at
FROM claims_mailcode ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_log"), ("accounts", "0006_mailed_codes")]

    operations = [migrations.RunSQL(MOVE), migrations.DeleteModel("MailCode")]
