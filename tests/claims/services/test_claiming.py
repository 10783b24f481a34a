"""Who becomes owner, and who does not."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import Notice, OutgoingMail, User
from claims.domain.refusals import ClaimMoved, ClaimRefused, RecordIsOwned
from claims.evidence.orcid_on_record import add_orcid
from claims.models import Claim, ClaimEvent, Evidence
from claims.selectors.ownership import is_disputed, is_owner, owned_authors, owner_of, owners_of
from claims.selectors.record import known_names_of
from claims.services.approve import approve_claim
from claims.services.decisions import accept_evidence, ask_for_more, reject_claim, revoke_claim
from claims.services.disputes import decide_dispute
from claims.services.open_claim import open_claim
from claims.services.submit import answer_question, submit_claim
from claims.services.user_data import erase_user_data
from claims.services.withdraw import release_record, withdraw_claim
from common.db.state_table import IllegalTransition
from common.hooks import UserErased
from papers.models import Author, AuthorIdentifier, Change
from tests.claims.conftest import NOW, ORCID, OTHER_ORCID, WORDS, connect
from tests.factories.record import make_author

pytestmark = pytest.mark.django_db


def events(claim: Claim) -> list[str]:
    return list(ClaimEvent.objects.filter(claim=claim).order_by("pk").values_list("transition", flat=True))


def test_an_authenticated_id_that_is_on_the_record_approves_at_once(draft, author, proved_ada):
    connect(proved_ada)
    evidence = add_orcid(claim_id=draft.pk, now=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.strong_kinds, evidence.is_passed) == ("approved", ["orcid"], True)
    assert owner_of(author.pk) == proved_ada
    assert list(owned_authors(proved_ada)) == [author]
    assert events(draft) == ["open", "approve"]
    assert Change.objects.filter(kind="author", object_id=author.pk).exists()
    assert OutgoingMail.objects.get().to == proved_ada
    assert Notice.objects.get().user == proved_ada


def test_an_id_that_is_only_typed_is_no_evidence(draft, author, proved_ada):
    """There is no way to type one: without a login at ORCID nothing is held against the record."""
    with pytest.raises(ClaimRefused, match="no_orcid"):
        add_orcid(claim_id=draft.pk, now=NOW)
    connect(proved_ada, "not an id")
    with pytest.raises(ClaimRefused, match="no_orcid"):
        add_orcid(claim_id=draft.pk, now=NOW)
    assert owner_of(author.pk) is None
    assert not Evidence.objects.exists()


def test_another_id_than_the_records_approves_nothing_and_says_so(draft, author, proved_ada):
    connect(proved_ada, OTHER_ORCID)
    row = add_orcid(claim_id=draft.pk, now=NOW)
    draft.refresh_from_db()
    assert (row.is_passed, row.weight, row.subject, row.against) == (False, 0, OTHER_ORCID, ORCID)
    assert (draft.state, draft.weight) == ("draft", 0)


@pytest.mark.parametrize("uid", [f"https://orcid.org/{ORCID}", ORCID.replace("-", ""), f"HTTP://ORCID.ORG/{ORCID}/"])
def test_one_id_is_one_id_however_it_is_written(draft, proved_ada, uid):
    connect(proved_ada, uid)
    assert add_orcid(claim_id=draft.pk, now=NOW).subject == ORCID


def test_two_users_with_one_id_are_for_a_curator(draft, author, proved_ada, namesake):
    connect(proved_ada)
    connect(namesake, f"https://orcid.org/{ORCID}")
    row = add_orcid(claim_id=draft.pk, now=NOW)
    draft.refresh_from_db()
    assert (draft.state, row.found) == ("draft", {"stands_against": ["shared"]})
    assert owner_of(author.pk) is None


def test_a_name_that_does_not_fit_is_asked_about_and_never_approves_at_once(author, proved_cleo):
    connect(proved_cleo)
    with pytest.raises(ClaimRefused, match="explain"):
        open_claim(user=proved_cleo, author_id=author.pk, now=NOW)
    assert not Claim.objects.exists()
    claim = open_claim(user=proved_cleo, author_id=author.pk, former_name="Ada Byron", now=NOW)
    assert claim.name_verdict == "mismatch"
    row = add_orcid(claim_id=claim.pk, now=NOW)
    claim.refresh_from_db()
    assert (claim.state, row.found["stands_against"], claim.weight) == ("draft", ["name"], 80)


def test_a_record_with_two_ids_is_for_a_curator(draft, author, proved_ada):
    AuthorIdentifier.objects.create(author=author, scheme="orcid", value=OTHER_ORCID)
    connect(proved_ada)
    assert add_orcid(claim_id=draft.pk, now=NOW).found["stands_against"] == ["several"]
    assert owner_of(author.pk) is None


def test_an_account_without_a_proved_address_or_a_name_claims_nothing(author, ada):
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=False)
    with pytest.raises(ClaimRefused, match="unproved"):
        open_claim(user=ada, author_id=author.pk, now=NOW)
    User.objects.filter(pk=ada.pk).update(name=" ")
    ada.refresh_from_db()
    with pytest.raises(ClaimRefused, match="no_name"):
        open_claim(user=ada, author_id=author.pk, now=NOW)
    assert not Claim.objects.exists()


def test_opening_twice_gives_one_claim_and_several_people_may_claim_one_record(author, draft, proved_ada, namesake):
    assert open_claim(user=proved_ada, author_id=author.pk, now=NOW) == draft
    theirs = open_claim(user=namesake, author_id=author.pk, now=NOW)
    assert theirs != draft
    submit_claim(claim_id=draft.pk, by=proved_ada, explanation=WORDS, now=NOW)
    submit_claim(claim_id=theirs.pk, by=namesake, explanation=WORDS, now=NOW)
    assert Claim.objects.filter(state="pending").count() == 2


def test_a_claim_without_evidence_or_words_goes_nowhere(draft, proved_ada):
    with pytest.raises(ClaimRefused, match="evidence"):
        submit_claim(claim_id=draft.pk, by=proved_ada, now=NOW)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_nobody_acts_on_anothers_claim(pending, proved_cleo, cleo):
    for act in (submit_claim, withdraw_claim, release_record):
        with pytest.raises(ClaimRefused, match="not_yours"):
            act(claim_id=pending.pk, by=proved_cleo, now=NOW)
    with pytest.raises(ClaimRefused, match="not_yours"):
        answer_question(claim_id=pending.pk, by=proved_cleo, answer="me", now=NOW)
    for decide in (approve_claim, reject_claim, revoke_claim):
        more = {} if decide is approve_claim else {"reason": "no"}
        with pytest.raises(PermissionDenied):
            decide(claim_id=pending.pk, by=cleo, now=NOW, **more)
    pending.refresh_from_db()
    assert (pending.state, events(pending)) == ("pending", ["open", "submit"])


def test_curators_decide_about_others_claims_alone_and_with_their_own_rights(pending, approved, dana, senior):
    with pytest.raises(PermissionDenied):
        revoke_claim(claim_id=approved.pk, by=dana, reason="no", now=NOW)
    Claim.objects.filter(pk=approved.pk).update(user=senior)
    with pytest.raises(ClaimRefused, match="own_claim"):
        revoke_claim(claim_id=approved.pk, by=senior, reason="no", now=NOW)
    approved.refresh_from_db()
    assert approved.state == "approved"


def test_approval_closes_what_else_waits_and_rejection_needs_a_reason(pending, author, namesake, dana, proved_ada):
    theirs = open_claim(user=namesake, author_id=author.pk, now=NOW)
    submit_claim(claim_id=theirs.pk, by=namesake, explanation=WORDS, now=NOW)
    with pytest.raises(ClaimRefused, match="reason"):
        reject_claim(claim_id=theirs.pk, by=dana, reason=" ", now=NOW)
    approve_claim(claim_id=pending.pk, by=dana, now=NOW)
    theirs.refresh_from_db()
    assert (theirs.state, owner_of(author.pk)) == ("superseded", proved_ada)
    with pytest.raises(RecordIsOwned):
        approve_claim(claim_id=theirs.pk, by=dana, now=NOW)


def test_revocation_counts_at_once(approved, author, proved_ada, senior):
    assert is_owner(user=proved_ada, author_id=author.pk)
    revoke_claim(claim_id=approved.pk, by=senior, reason="It was somebody else.", now=NOW)
    assert not is_owner(user=proved_ada, author_id=author.pk)
    assert owners_of([author.pk]) == {}
    assert "somebody else" in OutgoingMail.objects.order_by("-pk").first().text
    with pytest.raises(IllegalTransition):
        revoke_claim(claim_id=approved.pk, by=senior, reason="Again.", now=NOW)


@pytest.fixture
def disputed(approved, author, namesake) -> tuple[Claim, Claim]:
    theirs = open_claim(user=namesake, author_id=author.pk, now=NOW)
    submit_claim(claim_id=theirs.pk, by=namesake, explanation=WORDS, now=NOW)
    approved.refresh_from_db()
    theirs.refresh_from_db()
    return approved, theirs


def test_a_claim_on_an_owned_record_opens_a_dispute_in_which_the_owner_stays(
    disputed, author, proved_ada, dana, namesake
):
    owner, theirs = disputed
    assert (owner.state, theirs.state) == ("disputed", "pending")
    assert is_disputed(author.pk)
    assert owner_of(author.pk) == proved_ada
    with pytest.raises(RecordIsOwned):
        approve_claim(claim_id=theirs.pk, by=dana, now=NOW)
    with pytest.raises(RecordIsOwned):
        reject_claim(claim_id=theirs.pk, by=dana, reason="no", now=NOW)
    with pytest.raises(PermissionDenied):
        decide_dispute(owner_claim_id=owner.pk, winner_claim_id=theirs.pk, by=dana, reason="x", now=NOW)
    withdraw_claim(claim_id=theirs.pk, by=namesake, now=NOW)
    owner.refresh_from_db()
    assert (owner.state, is_disputed(author.pk)) == ("approved", False)


@pytest.mark.parametrize("owner_wins", [True, False])
def test_a_dispute_ends_with_one_owner(disputed, author, proved_ada, namesake, senior, owner_wins):
    owner, theirs = disputed
    winner = owner if owner_wins else theirs
    decide_dispute(owner_claim_id=owner.pk, winner_claim_id=winner.pk, by=senior, reason="The papers.", now=NOW)
    owner.refresh_from_db()
    theirs.refresh_from_db()
    wanted = ("approved", "rejected") if owner_wins else ("revoked", "approved")
    assert (owner.state, theirs.state) == wanted
    assert owner_of(author.pk) == (proved_ada if owner_wins else namesake)


def test_an_equal_id_on_an_owned_record_is_a_dispute_and_no_takeover(approved, author, namesake, proved_ada):
    connect(namesake)
    claim = open_claim(user=namesake, author_id=author.pk, now=NOW)
    row = add_orcid(claim_id=claim.pk, now=NOW)
    assert row.found["stands_against"] == ["owner"]
    assert owner_of(author.pk) == proved_ada


def test_a_question_leaves_the_queue_until_it_is_answered(pending, dana, proved_ada):
    ask_for_more(claim_id=pending.pk, by=dana, question="Which Oxford?", now=NOW)
    pending.refresh_from_db()
    assert (pending.due_at, pending.question) == (None, "Which Oxford?")
    assert not Claim.objects.awaiting_curators().exists()
    answer_question(claim_id=pending.pk, by=proved_ada, answer="The one in England.", now=NOW)
    assert Claim.objects.awaiting_curators().get() == pending
    with pytest.raises(ClaimMoved):
        answer_question(claim_id=pending.pk, by=proved_ada, answer="Once more.", now=NOW)


def test_evidence_after_the_approval_waits_for_a_curator_and_an_id_does_not(approved, proved_ada, dana):
    from claims.evidence.institution_mail import INSTITUTION_MAIL
    from claims.services.evidence import add_evidence
    from claims.services.transitions import locked_claim

    with transaction.atomic():
        add_evidence(
            locked_claim(approved.pk),
            INSTITUTION_MAIL,
            subject="a@ox.ac.uk",
            against="ox.ac.uk",
            is_passed=True,
            now=NOW,
        )
    approved.refresh_from_db()
    assert (approved.strong_kinds, approved.due_at is None) == ([], False)
    connect(proved_ada)
    add_orcid(claim_id=approved.pk, now=NOW)
    approved.refresh_from_db()
    assert approved.strong_kinds == ["orcid"]
    accept_evidence(claim_id=approved.pk, by=dana, accepts=True, now=NOW)
    approved.refresh_from_db()
    assert (approved.strong_kinds, approved.due_at) == (["institution", "orcid"], None)


def test_a_merged_record_keeps_its_owner(approved, author, proved_ada):
    heir = make_author("A. Byron")
    type(author).objects.filter(pk=author.pk).update(merged_into=heir)
    assert owner_of(heir.pk) == proved_ada
    assert list(owned_authors(proved_ada)) == [heir]
    type(author).objects.filter(pk=author.pk).update(merged_into=None)
    assert owner_of(heir.pk) is None


def test_the_database_allows_one_owner_and_keeps_evidence_as_it_was(approved, author, namesake):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            user=namesake,
            author=author,
            state="approved",
            claimed_name="x",
            name_verdict="same",
            opened_at=NOW,
            submitted_at=NOW,
            approved_at=NOW,
        )
    Evidence.objects.create(claim=approved, kind="vouch", subject="x", is_passed=False, checked_at=NOW)
    for act in (
        lambda: Evidence.objects.update(is_passed=True),
        Evidence.objects.all().delete,
        lambda: ClaimEvent.objects.update(transition="x"),
        ClaimEvent.objects.all().delete,
        approved.delete,
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()


def test_forgetting_a_person_leaves_nothing_and_frees_the_record(approved, author, proved_ada):
    assert erase_user_data(UserErased(proved_ada.pk, NOW)) == 1
    assert not Claim.objects.exists()
    assert not ClaimEvent.objects.exists()
    assert owner_of(author.pk) is None
    proved_ada.delete()


def test_mail_is_sent_by_the_letter_office_alone(approved):
    assert mail.outbox == []


def test_a_former_name_that_is_kept_private_is_not_given_away_by_whether_it_fits():
    author = make_author("Ada King")
    author.names.create(name="Cleo Somerville")
    assert "Cleo Somerville" in known_names_of(author.pk)
    Author.objects.filter(pk=author.pk).update(has_private_names=True)
    assert known_names_of(author.pk) == ["Ada King"]
