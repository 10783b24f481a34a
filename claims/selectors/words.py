"""States, evidence and events of claims in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.domain.kinds import EvidenceKind
from claims.domain.states import State
from claims.models import Evidence

type Words = str | Promise

STATES: Mapping[State, Words] = {
    State.DRAFT: _("Not sent yet"),
    State.PENDING: _("Under review"),
    State.APPROVED: _("Approved"),
    State.DISPUTED: _("Approved, and disputed"),
    State.REJECTED: _("Not approved"),
    State.WITHDRAWN: _("Withdrawn"),
    State.REVOKED: _("No longer yours"),
    State.SUPERSEDED: _("Closed: another claim was approved"),
}
KINDS: Mapping[EvidenceKind, Words] = {
    EvidenceKind.ORCID_ON_RECORD: _("ORCID iD on the record"),
    EvidenceKind.ORCID_WORKS: _("Works on your ORCID record"),
    EvidenceKind.INSTITUTION_MAIL: _("Institutional e-mail address"),
    EvidenceKind.PRINTED_MAIL: _("E-mail address printed on a paper"),
    EvidenceKind.LINK_BACK: _("Link from an institutional page"),
    EvidenceKind.VOUCH: _("A co-author who vouches"),
}
ACTS: Mapping[str, Words] = {
    "open": _("The claim was opened"),
    "submit": _("Sent to our curators"),
    "approve": _("Approved"),
    "reject": _("Not approved"),
    "withdraw": _("Withdrawn"),
    "dispute": _("Somebody else claimed the record"),
    "uphold": _("The dispute ended: the record stays with its owner"),
    "revoke": _("The record is no longer with this claim"),
    "supersede": _("Closed, since another claim was approved"),
    "ask": _("A curator asked"),
    "answer": _("The claimant answered"),
    "more_evidence": _("More evidence was added"),
    "accept_evidence": _("A curator accepted more evidence"),
    "set_evidence_aside": _("A curator set new evidence aside"),
    "confirm": _("The owner confirmed the page"),
    "upheld_report": _("A report was upheld"),
}
AGAINST: Mapping[str, Words] = {
    "name": _("the name is another"),
    "owner": _("somebody owns the record"),
    "shared": _("another account uses the same iD"),
    "several": _("the record has several iDs"),
}
OUTCOMES: Mapping[str, Words] = {
    "found": _("found"),
    "not_found": _("not found"),
    "away": _("the other server did not answer; try again later"),
    "refused": _("the other server's answer could not be used"),
    "changed": _("something changed in the meantime; start again"),
}
REFUSALS: Mapping[str, Words] = {
    "moved": _("This claim changed in the meantime. Look at its present state."),
    "busy": _("Somebody is deciding about this record right now. Try again in a moment."),
    "owned": _("Somebody owns this record: it is decided as a dispute."),
    "gone": _("This record no longer exists."),
    "yours": _("This page is yours already."),
    "not_yours": _("This is not your claim."),
    "no_name": _("Your account has no name yet. Add it on your account page, then come back."),
    "unproved": _("Confirm your e-mail address first."),
    "explain": _(
        "Your name is not one that this record is known by. Give a former name, or explain in a sentence or two."
    ),
    "too_many": _("You have many open claims. Finish or withdraw one first."),
    "closed": _("This claim is closed."),
    "too_much": _("There is enough evidence on this claim."),
    "too_often": _("That was tried often enough for now. Wait a while."),
    "no_orcid": _("Your account is not connected to an ORCID iD. Connect it first: a typed iD is never evidence."),
    "evidence": _("Add evidence first, or explain in a sentence or two why you cannot provide any."),
    "wrong_code": _("That is not the code."),
    "no_code": _("This code is no longer good. Ask for a new one."),
    "mail_away": _("Our mail could not be sent just now. Wait a few minutes and try again."),
    "page": _("That is not the address of a page."),
    "page_elsewhere": _("That page is not on a site of an institution that the papers name."),
    "not_eligible": _("This person cannot vouch for this claim."),
    "month_is_full": _("You have vouched five times within a month. Come back later."),
    "reason": _("Give a reason: it is what the claimant reads."),
    "own_claim": _("Nobody decides about their own claim."),
    "not_in_dispute": _("That claim is not part of this dispute."),
    "empty": _("Write a few words."),
}


def refusal_words(code: str) -> str:
    return str(REFUSALS.get(code, REFUSALS["moved"]))


def evidence_words(row: Evidence) -> str:
    """What one row of evidence says, for the claimant and for curators."""
    kind, found = EvidenceKind(row.kind), row.found
    words = _SAYING[kind](row, found)
    if found.get("is_used_by_others"):
        words += " " + translate("It stands for somebody else's claim too.")
    return words


def _orcid(row: Evidence, found: Mapping[str, Any]) -> str:
    if row.is_passed:
        words = translate("You logged in at ORCID as %(id)s, the iD on the record.") % {"id": row.subject}
        if reasons := found.get("stands_against"):
            why = ", ".join(str(AGAINST.get(reason, reason)) for reason in reasons)
            words += " " + translate("A curator looks at it because %(why)s.") % {"why": why}
        return words
    if not row.against:
        return translate("You logged in at ORCID as %(id)s. The record has no iD.") % {"id": row.subject}
    return translate("You logged in at ORCID as %(id)s. The record's iD is %(other)s.") % {
        "id": row.subject,
        "other": row.against,
    }


def _works(row: Evidence, found: Mapping[str, Any]) -> str:
    shared, on_record = found.get("shared", 0), found.get("on_record", 0)
    words = ngettext(
        "%(shared)s of %(works)s work on the record is on %(id)s too.",
        "%(shared)s of %(works)s works on the record are on %(id)s too.",
        on_record,
    ) % {"shared": shared, "works": on_record, "id": row.subject}
    return (
        words
        + " "
        + translate("%(count)s of them were added there by others.") % {"count": found.get("from_others", 0)}
    )


def _institution(row: Evidence, found: Mapping[str, Any]) -> str:
    if not row.is_passed:
        return translate("%(address)s only looks like an address at %(domain)s.") % {
            "address": row.subject,
            "domain": row.against,
        }
    words = translate("A code reached %(address)s, which is at %(name)s.") % {
        "address": row.subject,
        "name": found.get("institution", row.against),
    }
    if year := found.get("last_year"):
        words += " " + translate("The latest paper from there is of %(year)s.") % {"year": year}
    if found.get("is_kept_for_life"):
        words += " " + translate("Such addresses are kept after leaving.")
    if not found.get("names_them", True):
        words += " " + translate("The address is no form of the record's name, so it counts little.")
    return words


def _printed(row: Evidence, found: Mapping[str, Any]) -> str:
    words = translate("A code reached %(address)s, which is printed on a paper beside %(name)s.") % {
        "address": row.subject,
        "name": row.against,
    }
    return words if found.get("names_them") else words + " " + translate("It may be a co-author's.")


def _link(row: Evidence, found: Mapping[str, Any]) -> str:
    template = (
        translate("%(page)s links back to the record.") if row.is_passed else translate("%(page)s holds no such link.")
    )
    return template % {"page": row.subject}


def _vouch(row: Evidence, found: Mapping[str, Any]) -> str:
    if row.voucher_id is None:
        return translate("A co-author vouched, whose account is gone.")
    return translate("%(name)s vouched, with %(count)s joint works.") % {
        "name": row.subject,
        "count": found.get("joint_works", 0),
    }


_SAYING = {
    EvidenceKind.ORCID_ON_RECORD: _orcid,
    EvidenceKind.ORCID_WORKS: _works,
    EvidenceKind.INSTITUTION_MAIL: _institution,
    EvidenceKind.PRINTED_MAIL: _printed,
    EvidenceKind.LINK_BACK: _link,
    EvidenceKind.VOUCH: _vouch,
}
