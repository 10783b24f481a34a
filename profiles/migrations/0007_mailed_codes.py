"""Codes of people without an account go to the one table of mailed codes, in accounts.

A code that is on its way while this runs has to be asked for again: its hash was made of other parts.
"""

from django.db import migrations

MOVE = """
INSERT INTO accounts_mailedcode (key, purpose, about_id, address, code_hash, details, sent_at, expires_at, tries, used_at)
SELECT key, 'listing', author_id, address, code_hash,
       jsonb_build_object('explanation', explanation, 'is_to_list', is_to_list, 'is_strong', is_strong),
       sent_at, expires_at, tries, used_at
FROM profiles_listingcode ORDER BY id
"""


class Migration(migrations.Migration):
    dependencies = [("profiles", "0006_plain_words"), ("accounts", "0006_mailed_codes")]

    operations = [migrations.RunSQL(MOVE), migrations.DeleteModel("ListingCode")]
