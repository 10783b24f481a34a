"""A code reached an address that is printed on one of the papers; asked for where an institution's is."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain.address_names import AddressForm, address_form, base_address
from claims.models import Claim, Evidence
from claims.policy import Worth
from claims.selectors.evidence_kinds import EvidenceKind
from claims.selectors.record import printed_addresses
from claims.services.evidence import add_evidence
from claims.services.transitions import canonical_id


def _from_address(claim: Claim, address: str, now: datetime) -> Evidence | None:
    """A byline may print the addresses of all its authors: one that does not name this one counts half."""
    printed_name = printed_addresses(canonical_id(claim), claim.works).get(address)
    if printed_name is None:
        return None
    names_them = address_form(address, [printed_name]) is not AddressForm.OTHER
    weight = PRINTED_MAIL.worth.weight
    return add_evidence(
        claim,
        PRINTED_MAIL,
        subject=base_address(address),
        against=printed_name,
        is_passed=True,
        weight=weight if names_them else weight // 2,
        found={"names_them": names_them},
        now=now,
    )


def _explain(row: Evidence) -> str:
    text = _("A code reached %(address)s, which is printed on a paper beside %(name)s.") % {
        "address": row.subject,
        "name": row.against,
    }
    return text if row.found.get("names_them") else text + " " + _("It may be a co-author's.")


PRINTED_MAIL = EvidenceKind(
    name="printed_mail",
    label=gettext_lazy("E-mail address printed on a paper"),
    worth=Worth(weight=45),
    explain=_explain,
    from_address=_from_address,
)
