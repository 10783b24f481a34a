"""A curator finds two records of one person, looks at what a merge would do, merges them, and takes it back."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from common import clock
from identity.models import IdentityConstraint, IdentityLink
from papers.models import Author, Authorship, RecordRevision
from tests.factories.record import make_author, make_paper
from tests.journeys.axe import faults
from tests.papers.services.record_dump import record_dump

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def records(db):
    one = make_author("Wei Zhang", ids={"openalex": "A1"}, name_slot="wei zhang")
    two = make_author("Wei Zhang", ids={"openalex": "A2"})
    ben = make_author("Ben Babbage")
    make_paper("Lattices", authors=[one, ben], cites=12)
    make_paper("Lattices once more", authors=[two, ben], cites=3)
    return one, two


@pytest.fixture
def open_as_dana(open_page, dana, live_server):
    def open_as_dana(path: str, **how):
        visitor = Client()
        visitor.force_login(dana)
        page = open_page("/", **how)
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "url": live_server.url,
                    "value": visitor.cookies[settings.SESSION_COOKIE_NAME].value,
                }
            ]
        )
        page.goto(live_server.url + path)
        return page

    return open_as_dana


def test_a_curator_merges_two_records_and_undoes_it(open_as_dana, records):
    one, two = records
    before = record_dump()
    page = open_as_dana(reverse("admin:papers_recordrevision_candidates"))
    page.get_by_role("link", name="Compare").click()
    then = page.locator("tr.then")
    then.wait_for()
    assert then.locator("td.number").all_inner_texts() == ["2", "15", "2", "2", "1"]
    page.get_by_label("Reason").fill("one person, two spellings in OpenAlex")
    page.get_by_role("button", name="Merge them").click()
    page.get_by_text("The records are merged").wait_for()
    assert Author.objects.get(pk=two.pk).merged_into == one
    page.get_by_role("button", name="Undo this").click()
    page.get_by_text("The change is undone").wait_for()
    assert record_dump() == before
    page.get_by_role("link", name="What happened to the record").click()
    page.get_by_text("was undone").wait_for()
    told = page.locator("#content-main tbody tr").all_inner_texts()
    assert len(told) == 2
    assert "was undone" in told[0]
    assert RecordRevision.objects.get().undone_at is not None


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_pages_of_merging_fit_every_screen(open_as_dana, records, width):
    ids = f"{records[0].public_id},{records[1].public_id}"
    for path in (
        reverse("admin:papers_recordrevision_merge") + f"?records={ids}",
        reverse("admin:papers_recordrevision_split", args=[records[0].pk]),
    ):
        page = open_as_dana(path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), path


@pytest.fixture
def asked(records):
    """One record's work may be the other's, and six works of the first are not sure."""
    one, two = records
    unsure = Authorship.objects.filter(author=one).first()
    for n in range(5):
        make_paper(f"Rings {n}", authors=[one])
    common = {"zone": "link", "rule": "common name", "probability": 0.6, "at": clock.now()}
    for row in Authorship.objects.filter(author=one):
        IdentityLink.objects.create(authorship=row, author=one, **common)
    told = [["wrote with", 1, 1, "Ben Babbage"], ["years apart", 0, 9]]
    IdentityLink.objects.create(
        authorship=unsure, author=two, zone="ask", rule="common name", probability=0.5, at=clock.now(), evidence=told
    )
    return one, two


def test_a_curator_answers_both_worklists_by_keys_alone(open_as_dana, asked):
    page = open_as_dana(reverse("admin:papers_recordrevision_one"), width=360)
    for path, button, told in (
        ("one", "Two people: never ask again", "They are two people"),
        ("several", "One person: never ask again", "It is one person"),
    ):
        page.goto(page.url.rsplit("/", 2)[0] + f"/{path}/")
        for width in (1440, 768, 360):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), (path, width)
        assert not faults(page)
        page.get_by_role("button", name=button).focus()
        page.keyboard.press("Enter")
        page.get_by_text(told).wait_for()
        assert page.get_by_role("button", name=button).count() == 0
    assert set(IdentityConstraint.objects.values_list("kind", flat=True)) == {"not_one", "is"}
