"""States, events and refusals of claims in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.domain.states import State

type Label = str | Promise

STATES: Mapping[State, Label] = {
    State.DRAFT: _("Not sent yet"),
    State.PENDING: _("Under review"),
    State.APPROVED: _("Approved"),
    State.DISPUTED: _("Approved, and disputed"),
    State.REJECTED: _("Not approved"),
    State.WITHDRAWN: _("Withdrawn"),
    State.REVOKED: _("No longer yours"),
    State.SUPERSEDED: _("Closed: another claim was approved"),
}
ACTIONS: Mapping[str, Label] = {
    "open": _("The claim was opened"),
    "submit": _("Sent to our curators"),
    "approve": _("Approved"),
    "reject": _("Not approved"),
    "withdraw": _("Withdrawn"),
    "dispute": _("Another person claimed the record"),
    "uphold": _("The dispute ended: the record stays with its owner"),
    "revoke": _("The record is no longer with this claim"),
    "supersede": _("Closed because another claim was approved"),
    "ask": _("A curator asked"),
    "answer": _("The claimant answered"),
    "more_evidence": _("More evidence was added"),
    "accept_evidence": _("A curator accepted more evidence"),
    "set_evidence_aside": _("A curator rejected new evidence"),
    "confirm": _("The owner confirmed the page"),
    "upheld_report": _("A report was upheld"),
}
OUTCOMES: Mapping[str, Label] = {
    "found": _("found"),
    "not_found": _("not found"),
    "away": _("the other server did not answer; try again later"),
    "refused": _("the other server's answer could not be used"),
    "changed": _("something changed in the meantime; start again"),
}
REFUSALS: Mapping[str, Label] = {
    "moved": _("This claim has changed. Reload the page to see its state."),
    "busy": _("Another decision on this record is being made. Try again in a moment."),
    "owned": _("This record has an owner, so the claim is decided as a dispute."),
    "gone": _("This record no longer exists."),
    "works": _("None of these works is on this record. Choose works of this record."),
    "yours": _("This page is yours already."),
    "not_yours": _("This is not your claim."),
    "no_name": _("Your account has no name yet. Add it on your account page, then come back."),
    "unproved": _("Confirm your e-mail address first."),
    "explain": _("Your name is not one of this record's names. Give a former name, or explain in a sentence or two."),
    "too_many": _("You have many open claims. Finish or withdraw one first."),
    "closed": _("This claim is closed."),
    "too_much": _("This claim has enough evidence. No more can be added."),
    "too_often": _("Too many attempts. Please wait and try again."),
    "no_orcid": _("Your account is not connected to an ORCID iD. Connect it first: a typed iD is never evidence."),
    "evidence": _("Add evidence first, or explain in a sentence or two why you cannot provide any."),
    "wrong_code": _("That is not the code."),
    "no_code": _("This code has expired or was used. Ask for a new one."),
    "mail_away": _("Our mail could not be sent just now. Wait a few minutes and try again."),
    "page": _("That is not the address of a page."),
    "page_elsewhere": _("That page is not on the website of an institution named on the papers."),
    "not_eligible": _("This person cannot vouch for this claim."),
    "month_is_full": _("You have vouched five times within a month. Come back later."),
    "reason": _("Give a reason. The claimant will read it."),
    "own_claim": _("You cannot decide your own claim."),
    "not_in_dispute": _("That claim is not part of this dispute."),
    "empty": _("Write an answer."),
}


def state_name(state: str) -> Label:
    return STATES[State(state)]


def event_name(action: str) -> Label:
    """What happened to a claim; an action that has no name is shown as it is."""
    return ACTIONS.get(action, action)


def outcome_name(outcome: str) -> Label:
    """How asking another server ended, "" for an outcome that says nothing."""
    return OUTCOMES.get(outcome, "")


def refusal_text(code: str) -> str:
    return str(REFUSALS.get(code, REFUSALS["moved"]))
