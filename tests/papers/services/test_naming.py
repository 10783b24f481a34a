"""Records called by their bylines, unless somebody or a source has said how they are called."""

from datetime import UTC, datetime

import pytest

from papers.models import Author, AuthorName, Authorship, Correction
from papers.services.naming import call_by_bylines
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 1, tzinfo=UTC)


def webber(**more):
    """A record called by a name that a settling took the works of, with works of another."""
    author = make_author("Bryan Webber", name_slot="bryan webber", **more)
    AuthorName.objects.all().delete()
    for title in ("Discourse and anaphora", "Anaphora again"):
        make_paper(title, authors=[author])
    Authorship.objects.filter(author=author).update(printed_name="Bonnie Webber")
    return author


def test_name_keys_slot_and_what_finds_it_go_along():
    author = webber()
    assert call_by_bylines([author.pk], now=NOW) == [author.pk]
    author.refresh_from_db()
    assert (author.name, author.key, author.initials) == ("Bonnie Webber", "bonnie webber", "b")
    assert (author.name_slot, author.search_text, author.changed_at) == ("bonnie webber", "bonnie webber", NOW)
    assert call_by_bylines([author.pk], now=NOW) == []


def test_a_slot_is_one_records():
    first = webber()
    Author.objects.filter(pk=first.pk).update(name_slot="bryan webber #2")
    second = webber()
    assert len(call_by_bylines([first.pk, second.pk], now=NOW)) == 2
    slots = Author.objects.filter(name="Bonnie Webber").values_list("name_slot", flat=True)
    assert set(slots) == {"bonnie webber", None}


def test_a_slot_that_is_printed_still_stays():
    author = webber()
    make_paper("Anaphora once more", authors=[author])
    call_by_bylines([author.pk], now=NOW)
    author.refresh_from_db()
    assert (author.name, author.name_slot) == ("Bonnie Webber", "bryan webber")
    assert author.search_text.split() == ["bonnie", "webber", "bryan"]


@pytest.mark.parametrize("why", ["private", "corrected", "stated", "group"])
def test_what_somebody_said_stays(why):
    author = webber(has_private_names=why == "private")
    if why == "corrected":
        Correction.objects.create(kind="author", object_id=author.pk, field="name", value="Bryan Webber", at=NOW)
    elif why == "stated":
        AuthorName.objects.create(author=author, name="Bryan Webber")
    elif why == "group":
        Author.objects.filter(pk=author.pk).update(kind="group", is_listed=False)
    assert call_by_bylines([author.pk], now=NOW) == []
