"""Why a work is on a page, and what may be theirs."""

from datetime import UTC, datetime

import pytest

from identity.services.disambiguation import settle
from papers.domain.public_ids import encode
from papers.models import Authorship
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db


def clock():
    return datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def settled():
    full, short, louise = make_author("Yorick Wilkszon"), make_author("Y. Wilkszon"), make_author("Louise Guthrieva")
    make_paper("Preference semantics of words", authors=[full, louise])
    make_paper("Semantics of words in texts", authors=[full, louise])
    paper = make_paper("Preference semantics again", authors=[short, louise])
    settle(clock=clock)
    return full, paper


def test_the_page_says_why_in_words_that_name_the_company(client, settled):
    author, paper = settled
    html = client.get(f"{author.get_absolute_url()}why/{encode('W', paper.pk)}/").content.decode()
    assert "Printed as “Y. Wilkszon”" in html
    assert "The byline has initials" in html
    assert "Louise Guthrieva" in html
    assert "% sure" in html


def test_each_card_of_the_list_asks_why(client, settled):
    author, paper = settled
    html = client.get(author.get_absolute_url()).content.decode()
    assert f'href="{author.get_absolute_url()}why/{encode("W", paper.pk)}/"' in html


def test_a_work_that_is_not_theirs_has_no_reason(client, settled):
    author, _ = settled
    other = make_paper("Of somebody else", authors=[make_author("Ben Babbage")])
    assert client.get(f"{author.get_absolute_url()}why/{encode('W', other.pk)}/").status_code == 404


def test_a_work_that_was_never_settled_says_so(client, settled):
    author, _ = settled
    paper = make_paper("Come since", authors=[author])
    html = client.get(f"{author.get_absolute_url()}why/{encode('W', paper.pk)}/").content.decode()
    assert "It has not been checked further yet" in html
    assert Authorship.objects.filter(author=author).count() == 4


def test_the_list_of_what_may_be_theirs_may_be_empty(client, settled):
    author, _ = settled
    html = client.get(f"{author.get_absolute_url()}possibly/").content.decode()
    assert "No other work here may be theirs" in html
