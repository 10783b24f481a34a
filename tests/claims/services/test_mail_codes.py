"""Institutional addresses: which count, and what a code is good for."""

from datetime import date, timedelta

import pytest

from accounts.models import MailedCode
from claims.domain.refusals import ClaimRefused
from claims.models import Evidence
from claims.services.mail_code import confirm_mail_code, send_mail_code
from papers.models import Authorship, AuthorshipInstitution, Institution
from tests.claims.conftest import NOW

pytestmark = pytest.mark.django_db


def code_of(mails) -> str:
    return next(line for line in mails[-1].body.splitlines() if line.isdigit())


def send(draft, user, address="ada.byron@ox.ac.uk", now=NOW) -> str:
    return send_mail_code(claim_id=draft.pk, by=user, address=address, now=now).verdict.value


def confirm(draft, user, code, now=NOW):
    return confirm_mail_code(claim_id=draft.pk, by=user, code=code, now=now)


def test_a_code_that_reached_the_institution_is_evidence_for_a_curator(draft, proved_ada, mailoutbox):
    assert send(draft, proved_ada, " Ada.Byron@Maths.OX.ac.uk ") == "fits"
    code = code_of(mailoutbox)
    assert mailoutbox[-1].to == ["ada.byron@maths.ox.ac.uk"]
    assert code not in mailoutbox[-1].subject
    assert MailedCode.objects.get().code_hash != code
    (row,) = confirm(draft, proved_ada, f" {code[:3]} {code[3:]} ")
    draft.refresh_from_db()
    assert (row.kind, row.weight, row.against, row.found["institution"]) == (
        "institution_mail",
        50,
        "ox.ac.uk",
        "University of Oxford",
    )
    assert (draft.state, draft.weight) == ("draft", 50)


def test_a_code_is_good_once_for_ten_minutes_and_three_tries_in_its_own_claim(
    draft, proved_ada, proved_cleo, mailoutbox
):
    send(draft, proved_ada)
    old = code_of(mailoutbox)
    with pytest.raises(ClaimRefused, match="not_yours"):
        confirm(draft, proved_cleo, old)
    with pytest.raises(ClaimRefused, match="no_code"):
        confirm(draft, proved_ada, old, now=NOW + timedelta(minutes=10))
    send(draft, proved_ada)
    new = code_of(mailoutbox)
    if old != new:
        with pytest.raises(ClaimRefused, match="wrong_code"):
            confirm(draft, proved_ada, old)
    for wrong in ("", "x"):
        with pytest.raises(ClaimRefused, match="wrong_code"):
            confirm(draft, proved_ada, wrong)
    with pytest.raises(ClaimRefused):
        confirm(draft, proved_ada, new) if old != new else confirm(draft, proved_ada, "again")
    assert not Evidence.objects.exists()
    send(draft, proved_ada)
    confirm(draft, proved_ada, code_of(mailoutbox))
    with pytest.raises(ClaimRefused, match="no_code"):
        confirm(draft, proved_ada, code_of(mailoutbox))


@pytest.mark.parametrize(
    ("address", "verdict"),
    [
        ("ada@gmail.com", "public_provider"),
        ("ada@mail.gmail.com", "public_provider"),
        ("ada@ieee.org", "public_provider"),
        ("ada@0x.ac.uk", "look_alike"),
        ("ada@ox-ac.uk", "look_alike"),
        ("ada@ox.ac.uk.example.org", "look_alike"),
        ("ada@ох.ac.uk", "look_alike"),
        ("ada@cam.ac.uk", "not_on_papers"),
        ("ada@box.ac.uk", "not_on_papers"),
        ("not an address", "malformed"),
        ("ada@ox.ac.uk\nBcc: x@y.z", "malformed"),
    ],
)
def test_addresses_that_say_nothing_get_no_code(draft, proved_ada, mailoutbox, address, verdict):
    assert send(draft, proved_ada, address) == verdict
    assert mailoutbox == []
    assert not MailedCode.objects.exists()
    assert not Evidence.objects.filter(is_passed=True).exists()
    assert Evidence.objects.filter(is_passed=False).exists() is (verdict == "look_alike")


def test_a_closed_institutions_domain_may_be_anybodys(draft, proved_ada, oxford):
    Institution.objects.filter(pk=oxford.pk).update(status="inactive")
    assert send(draft, proved_ada) == "not_on_papers"


@pytest.mark.parametrize(("year", "weight"), [(2022, 50), (2018, 35), (2001, 20)])
def test_a_place_of_long_ago_weighs_less(draft, proved_ada, mailoutbox, year, weight):
    AuthorshipInstitution.objects.update(published_date=date(year, 1, 1))
    send(draft, proved_ada)
    assert confirm(draft, proved_ada, code_of(mailoutbox))[0].weight == weight


def test_an_address_for_life_and_one_that_others_use_weigh_half(draft, author, proved_ada, namesake, mailoutbox):
    from claims.services.open_claim import open_claim

    theirs = open_claim(user=namesake, author_id=author.pk, now=NOW)
    for claim, user, weight in ((draft, proved_ada, 25), (theirs, namesake, 12)):
        send(claim, user, "ada.byron@alumni.ox.ac.uk")
        assert confirm(claim, user, code_of(mailoutbox))[0].weight == weight


@pytest.mark.parametrize("address", ["ab123@ox.ac.uk", "x+ada.byron@ox.ac.uk", "the-real-ada-byron@ox.ac.uk"])
def test_an_address_that_somebody_chose_weighs_little(draft, proved_ada, mailoutbox, address):
    send(draft, proved_ada, address)
    (row,) = confirm(draft, proved_ada, code_of(mailoutbox))
    assert (row.weight, row.found["names_them"]) == (15, False)


def test_plus_parts_are_one_address(draft, author, proved_ada, namesake, mailoutbox):
    from claims.services.open_claim import open_claim

    theirs = open_claim(user=namesake, author_id=author.pk, now=NOW)
    for claim, user, tag, weight in ((draft, proved_ada, "one", 50), (theirs, namesake, "two", 25)):
        send(claim, user, f"ada.byron+{tag}@ox.ac.uk")
        assert confirm(claim, user, code_of(mailoutbox))[0].weight == weight


def test_an_address_that_is_printed_on_a_paper_counts_whoever_runs_it(draft, proved_ada, author, mailoutbox):
    text = "Oxford; ada.byron@gmail.com, ben@gmail.com."
    Authorship.objects.filter(author=author).update(raw_affiliation=text)
    for address, weight in (("ADA.Byron@gmail.com", 45), ("ben@gmail.com", 22)):
        assert send(draft, proved_ada, address) == "fits"
        (row,) = confirm(draft, proved_ada, code_of(mailoutbox))
        assert (row.kind, row.weight) == ("printed_mail", weight)
    assert send(draft, proved_ada, "cleo@gmail.com") == "public_provider"


def test_an_inbox_is_not_flooded(draft, proved_ada, mailoutbox):
    for _ in range(5):
        send(draft, proved_ada)
    with pytest.raises(ClaimRefused, match="too_often"):
        send(draft, proved_ada)
    assert len(mailoutbox) == 5
