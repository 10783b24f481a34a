"""The kinds of evidence: one line each, in the order in which a claim's page offers them."""

from claims.evidence.institution_mail import INSTITUTION_MAIL
from claims.evidence.link_back import LINK_BACK
from claims.evidence.orcid_on_record import ORCID_ON_RECORD
from claims.evidence.orcid_works import ORCID_WORKS
from claims.evidence.printed_mail import PRINTED_MAIL
from claims.evidence.vouch import VOUCH

KINDS = (ORCID_ON_RECORD, ORCID_WORKS, INSTITUTION_MAIL, PRINTED_MAIL, LINK_BACK, VOUCH)
