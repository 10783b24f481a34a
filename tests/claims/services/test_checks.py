"""What other servers are asked: real servers on loopback answer, as ORCID's public API and as a university would."""

import json
from datetime import timedelta

import pytest

from claims.domain.refusals import ClaimRefused
from claims.evidence import link_back
from claims.evidence.link_back import ask_link_back
from claims.evidence.orcid_works import ask_orcid_works
from claims.models import Evidence, OutsideCheck
from claims.policy import MOST_ATTEMPTS
from claims.services.checks import due_checks, run_check
from claims.services.withdraw import withdraw_claim
from common import http
from papers.models import Institution, PaperIdentifier
from tests.claims.conftest import NOW, OTHER_ORCID, connect, make_works
from tests.claims.loopback import Server, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def orcid_api(settings):
    with serving() as server:
        settings.ORCID_API_URL = f"{server.url}/v3.0"
        settings.HTTP_DOOR_LOOPBACK_ORIGINS = frozenset({server.url})
        http.forget_failures()
        yield server


def orcid_says(server: Server, dois, *, source: str | None = OTHER_ORCID) -> None:
    def group(doi: str) -> dict:
        ids = {
            "external-id": [{"external-id-type": "doi", "external-id-value": doi, "external-id-relationship": "self"}]
        }
        origin = {"source-orcid": {"path": source}} if source else {"source-client-id": {"path": "APP-1"}}
        title = {"title": {"value": "Any"}}
        return {
            "external-ids": ids,
            "work-summary": [{"title": title, "source": origin, "external-ids": ids}],
        }

    server.says(f"/v3.0/{OTHER_ORCID}/works", json.dumps({"group": [group(doi) for doi in dois]}).encode())


def ask(draft, user) -> OutsideCheck:
    return ask_orcid_works(claim_id=draft.pk, by=user, now=NOW)


def test_public_works_that_overlap_are_evidence_and_approve_nothing(draft, proved_ada, orcid_api, bell):
    connect(proved_ada, OTHER_ORCID)
    dois = PaperIdentifier.objects.order_by("pk").values_list("value", flat=True)
    orcid_says(orcid_api, [f"https://DOI.org/{doi.upper()}" for doi in dois[:2]] + ["10.5555/other"])
    check = ask(draft, proved_ada)
    assert run_check(check_id=check.pk, now=NOW) == "found"
    row = Evidence.objects.get()
    assert (row.is_passed, row.weight, row.found["shared"], row.found["from_others"]) == (True, 60, 2, 0)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert run_check(check_id=check.pk, now=NOW + timedelta(hours=1)) is None
    assert orcid_api.asked[0][0] == f"/v3.0/{OTHER_ORCID}/works"


@pytest.mark.parametrize(("works", "shared", "is_passed"), [(3, 1, False), (7, 2, False), (6, 2, True), (10, 3, True)])
def test_two_works_and_thirty_percent_are_needed(draft, author, proved_ada, orcid_api, works, shared, is_passed):
    make_works([author], works - 3)
    connect(proved_ada, OTHER_ORCID)
    orcid_says(orcid_api, list(PaperIdentifier.objects.order_by("pk").values_list("value", flat=True)[:shared]))
    run_check(check_id=ask(draft, proved_ada).pk, now=NOW)
    assert Evidence.objects.get().is_passed is is_passed


def test_an_id_that_nobody_logged_in_with_is_never_asked_about(draft, proved_ada, orcid_api):
    with pytest.raises(ClaimRefused, match="no_orcid"):
        ask(draft, proved_ada)
    account = connect(proved_ada, OTHER_ORCID)
    check = ask(draft, proved_ada)
    orcid_says(orcid_api, [])
    account.delete()
    assert run_check(check_id=check.pk, now=NOW) == "changed"
    assert not Evidence.objects.exists()


def test_a_server_that_is_busy_is_asked_again_when_it_said_and_not_for_ever(draft, proved_ada, orcid_api):
    connect(proved_ada, OTHER_ORCID)
    orcid_api.says(f"/v3.0/{OTHER_ORCID}/works", status=503, Retry_After="600")
    check, now = ask(draft, proved_ada), NOW
    for attempt in range(1, MOST_ATTEMPTS):
        http.forget_failures()
        assert run_check(check_id=check.pk, now=now) is None
        check.refresh_from_db()
        assert (check.attempts, check.state) == (attempt, "queued")
        assert check.not_before >= now + timedelta(seconds=600)
        assert due_checks(now=now) == []
        now = check.not_before
        assert due_checks(now=now) == [check.pk]
    http.forget_failures()
    assert run_check(check_id=check.pk, now=now) == "away"
    check.refresh_from_db()
    assert check.state == "failed"


@pytest.mark.parametrize("body", [b"", b"[]", b'{"group": 7}', b"<html>", b'{"group": [{}]}', b"[" * 5000])
def test_an_answer_that_is_none_is_no_evidence_and_no_crash(draft, proved_ada, orcid_api, body):
    connect(proved_ada, OTHER_ORCID)
    orcid_api.says(f"/v3.0/{OTHER_ORCID}/works", body)
    assert run_check(check_id=ask(draft, proved_ada).pk, now=NOW) == "refused"
    assert not Evidence.objects.exists()


def test_a_claim_that_was_withdrawn_meanwhile_gains_nothing(draft, proved_ada, orcid_api):
    connect(proved_ada, OTHER_ORCID)
    orcid_says(orcid_api, [])
    check = ask(draft, proved_ada)
    withdraw_claim(claim_id=draft.pk, by=proved_ada, now=NOW)
    assert run_check(check_id=check.pk, now=NOW) == "changed"


@pytest.fixture
def university(settings, oxford):
    """Oxford's web server, as far as the name goes: the door is told that loopback is where it stands."""
    with serving() as server:
        settings.HTTP_DOOR_LOOPBACK_ORIGINS = frozenset({server.url})
        settings.BASE_URL = "https://colophon.example"
        http.forget_failures()
        yield server


def point_to(check: OutsideCheck, url: str) -> None:
    """The check as it would stand if the university's name led to the server on loopback."""
    OutsideCheck.objects.filter(pk=check.pk).update(subject=url)


@pytest.mark.parametrize(
    ("html", "outcome"),
    [
        ('<a rel="me" href="https://colophon.example{path}">me</a>', "found"),
        ('<link rel="author ME" href="HTTPS://Colophon.example{path}?x#y">', "found"),
        ('<a href="https://colophon.example{path}">me</a>', "not_found"),
        ('<a rel="me" href="https://colophon.example/authors/Aother/x/">me</a>', "not_found"),
        ('<a rel="me" href="https://evil.example{path}">me</a>', "not_found"),
        ('<!-- <a rel="me" href="https://colophon.example{path}">me</a> -->', "not_found"),
        ("", "not_found"),
    ],
)
def test_a_link_back_is_looked_for_on_the_institutions_own_pages(
    draft, author, proved_ada, university, html, outcome, monkeypatch
):
    check = ask_link_back(claim_id=draft.pk, by=proved_ada, page="https://www.maths.ox.ac.uk/~ada", now=NOW)
    monkeypatch.setattr(
        link_back,
        "affiliation_at",
        lambda host, affiliations: (affiliations[0], "ox.ac.uk") if host in {"", "127.0.0.1"} else None,
    )
    university.says("/~ada", html.format(path=author.get_absolute_url()).encode(), Content_Type="text/html")
    point_to(check, f"{university.url}/~ada")
    assert run_check(check_id=check.pk, now=NOW) == outcome
    assert Evidence.objects.filter(is_passed=True).exists() is (outcome == "found")


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("https://evil.example/", "page_elsewhere"),
        ("https://ox.ac.uk.evil.example/", "page_elsewhere"),
        ("https://notox.ac.uk/", "page_elsewhere"),
        ("https://user@ox.ac.uk/", "page"),
        ("https://ox.ac.uk:8080/", "page"),
        ("javascript:alert(1)", "page"),
        ("http://127.0.0.1/", "page_elsewhere"),
        ("ftp://ox.ac.uk/", "page"),
        ("https://ox.ac.uk/ x", "page"),
        ("", "page"),
    ],
)
def test_pages_elsewhere_are_not_even_asked_for(draft, proved_ada, page, code):
    with pytest.raises(ClaimRefused, match=f"^{code}$"):
        ask_link_back(claim_id=draft.pk, by=proved_ada, page=page, now=NOW)
    assert not OutsideCheck.objects.exists()


def test_a_university_whose_name_leads_behind_our_walls_is_refused(draft, proved_ada, oxford, settings):
    settings.HTTP_DOOR_LOOPBACK_ORIGINS = frozenset()
    Institution.objects.filter(pk=oxford.pk).update(domains=["localhost.localdomain"])
    check = ask_link_back(claim_id=draft.pk, by=proved_ada, page="https://localhost.localdomain/", now=NOW)
    http.forget_failures()
    assert run_check(check_id=check.pk, now=NOW) in {"refused", None}
    assert not Evidence.objects.filter(is_passed=True).exists()
