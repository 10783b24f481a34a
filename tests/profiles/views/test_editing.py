"""An owner sets the page right, and nobody else does."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from collaborations.models import CollaborationPreference
from papers.models import Author, Correction
from profiles.models import PinnedWork, Profile
from search.services.indexing import index_waiting_papers
from tests.factories.library import make_author, make_paper
from tests.factories.owners import make_owner, revoke
from tests.profiles.conftest import logged_in

pytestmark = [pytest.mark.django_db]

SECTIONS = (
    "edit_about",
    "edit_photo",
    "edit_names",
    "edit_preference",
    "edit_works",
    "edit_mine",
    "edit_corrections",
    "edit_listing",
    "edit_followers",
    "edit_preview",
)
WRITING = (
    ("edit_about", {"bio": "Mine now"}),
    ("edit_photo", {"remove": "1"}),
    ("edit_names", {"name": "Ada Cleo"}),
    ("edit_preference", {"is_open": "on"}),
    ("edit_confirm", {}),
    ("edit_pin", {"action": "pin"}),
    ("edit_disown", {}),
    ("edit_attribute", {"position": "1"}),
    ("edit_listing", {"unlist": "1"}),
)


def at(name: str, author: Author) -> str:
    return reverse(f"profiles:{name}", args=[author.public_id])


def shown(author: Author, client: Client | None = None) -> str:
    author.refresh_from_db()
    return (client or Client()).get(author.get_absolute_url()).content.decode()


def test_what_the_owner_says_stands_on_the_page_at_once(as_ada, page):
    response = as_ada.post(
        at("edit_about", page),
        {
            "bio": "I like $x^2$.\n\nAnd <b>machines</b>.",
            "affiliation": "Analytical Society",
            "label_0": "Notes",
            "url_0": "https://ada.example/notes",
            "url_1": "https://www.github.com/ada",
        },
    )
    assert response.status_code == 302
    html = shown(page)
    assert "<math" in html
    assert "Analytical Society" in html
    assert '<a href="https://ada.example/notes" rel="me nofollow noopener external">Notes</a>' in html
    assert ">github.com</a>" in html
    assert "Affiliation not imported" not in html


def test_hostile_words_are_text(as_ada, page):
    bio = "<script>alert(1)</script><img src=x onerror=alert(2)> $\\href{javascript:alert(3)}{x}$ {{ 7*7 }} \u202eevil"
    as_ada.post(at("edit_about", page), {"bio": bio, "affiliation": "</span><script>alert(4)</script>"})
    html = shown(page)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "javascript:alert" not in html.replace("\\href{javascript:alert(3)}", "")
    assert "{{ 7*7 }}" in html
    assert "\u202e" not in html


@pytest.mark.parametrize(
    "url",
    [
        "http://ada.example/",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://x.org",
        "data:text/html,x",
        "https://user:pw@bank.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "https://ada.example:8443/",
        "//evil.example",
        "https://a.internal/",
        'https://x.example/"onclick=1',
        "https://",
        "ftp://ada.example",
        "https://ada.example/ b",
        "https://0x7f.1/",
        "https://2130706433/",
    ],
)
def test_a_link_that_is_not_plain_https_is_refused_and_nothing_is_kept(as_ada, page, url):
    response = as_ada.post(at("edit_about", page), {"bio": "kept?", "url_0": url})
    assert response.status_code == 200
    assert b'role="alert"' in response.content
    assert not Profile.objects.exists()


def test_too_much_is_refused(as_ada, page):
    for values in (
        {"bio": "x" * 3_001},
        {"affiliation": "x" * 201},
        {"label_0": "x" * 41, "url_0": "https://a.example"},
    ):
        assert as_ada.post(at("edit_about", page), values).status_code == 200
    assert not Profile.objects.exists()


def test_words_are_shown_first_without_being_saved(as_ada, page):
    html = as_ada.post(at("edit_about", page), {"bio": "A *draft* $y^2$", "preview": "1"}).content.decode()
    assert "not saved yet" in html
    assert "<math" in html
    assert not Profile.objects.exists()


def test_fields_that_are_not_declared_are_not_written(as_ada, page, cleo):
    as_ada.post(
        at("edit_about", page),
        {
            "bio": "Mine",
            "user": cleo.pk,
            "author": 1,
            "photo": "a" * 32,
            "bio_html": "<script>",
            "is_listed": "0",
        },
    )
    profile = Profile.objects.get()
    assert (profile.user.email, profile.author_id, profile.photo) == ("ada@example.org", page.pk, "")
    assert profile.bio_html == "<p>Mine</p>"
    page.refresh_from_db()
    assert page.is_listed


@pytest.mark.parametrize("name", SECTIONS)
def test_strangers_and_other_owners_find_nothing(name, page, cleo, as_cleo, dana):
    make_owner(cleo, make_author("Cleo Somerville"))
    assert as_cleo.get(at(name, page)).status_code == 404
    assert logged_in(dana).get(at(name, page)).status_code == 404
    assert Client().get(at(name, page)).status_code == 302


@pytest.mark.parametrize(("name", "values"), WRITING)
def test_cleo_changes_nothing(name, values, page, works, as_cleo):
    given = {**values, "work": works[0].public_id}
    assert as_cleo.post(at(name, page), given).status_code == 404
    assert Client().post(at(name, page), given).status_code == 302
    for model in (Profile, PinnedWork, CollaborationPreference, Correction):
        assert not model.objects.exists()
    assert works[0].authorships.get().author_id == page.pk
    page.refresh_from_db()
    assert page.is_listed


def test_a_former_owner_finds_nothing_on_the_next_request_and_their_words_are_gone(ada, as_ada):
    author = make_author("Ada Lovelace")
    claim = make_owner(ada, author)
    as_ada.post(at("edit_about", author), {"bio": "Said by Ada", "affiliation": "Her place"})
    assert "Said by Ada" in shown(author)
    revoke(claim)
    assert as_ada.get(at("edit_about", author)).status_code == 404
    assert as_ada.post(at("edit_about", author), {"bio": "Again"}).status_code == 404
    html = shown(author)
    assert "Said by Ada" not in html
    assert "Her place" not in html
    assert Profile.objects.get().bio == "Said by Ada"


def test_openness_is_a_chip_on_the_page(as_ada, page):
    as_ada.post(at("edit_about", page), {"bio": "x"})
    as_ada.post(at("edit_preference", page), {"is_open": "on", "purposes": ["review", "talk"], "note": "Write\nfirst"})
    assert "Open to collaborate" in shown(page)
    assert CollaborationPreference.objects.get().purposes == ["review", "talk"]
    bad = as_ada.post(at("edit_preference", page), {"is_open": "on", "purposes": ["anything"]})
    assert bad.status_code == 200


def test_openness_shows_without_a_profile(as_ada, page):
    as_ada.post(at("edit_preference", page), {"is_open": "on"})
    assert "Open to collaborate" in shown(page)


def test_a_name_must_go_on_from_one_of_the_record(as_ada, page):
    response = as_ada.post(at("edit_names", page), {"name": "Geoffrey Hinton"})
    assert b"share a word" in response.content
    page.refresh_from_db()
    assert page.name == "Ada Byron"


def test_private_names_are_kept_through_the_form(as_ada, page):
    page.names.create(name="Adam Byron")
    paper = make_paper("Printed so", by=[page])
    paper.authorships.update(printed_name="Adam Byron")
    as_ada.post(at("edit_names", page), {"name": "Ada Byron", "names": "Ада Byron", "is_private": "on"})
    index_waiting_papers()
    html = shown(page)
    assert "Adam" not in html
    assert "Ада Byron" in html
    assert "Adam" not in Client().get(paper.get_absolute_url()).content.decode()
    assert "Adam Byron" in as_ada.get(at("edit_names", page)).content.decode()
    assert Client().get("/api/authors?search=Adam").json()["meta"]["count"] == 0


def test_while_a_page_is_disputed_its_owner_keeps_the_words_and_moves_nothing(ada, as_ada):
    author = make_author("Ada Byron")
    make_owner(ada, author, state="disputed")
    paper = make_paper("Work", by=[author])
    assert as_ada.post(at("edit_about", author), {"bio": "Still mine"}).status_code == 302
    as_ada.post(at("edit_disown", author), {"work": paper.public_id})
    as_ada.post(at("edit_listing", author), {"unlist": "1"})
    as_ada.post(at("edit_names", author), {"name": "Ada Other"})
    author.refresh_from_db()
    assert (author.is_listed, author.name) == (True, "Ada Byron")
    assert paper.authorships.get().author_id == author.pk
    assert "a curator is deciding" in as_ada.get(at("edit_about", author)).content.decode()


def test_the_preview_is_the_page_of_a_visitor(as_ada, page):
    as_ada.post(at("edit_about", page), {"bio": "Hello"})
    html = as_ada.get(at("edit_preview", page)).content.decode()
    assert "Hello" in html
    assert "Log in" in html
    assert "Edit page" not in html


def test_somebody_called_edit_has_a_page(client, ada, as_ada):
    author = make_author("Edit")
    assert client.get(author.get_absolute_url()).status_code == 200
    assert client.get(at("edit", make_author("Ben Babbage"))).status_code == 404
    make_owner(ada, author)
    assert as_ada.get(author.get_absolute_url()).status_code == 302


def test_too_many_saves_are_refused(settings, as_ada, page):
    settings.RATE_LIMITED = True
    answers = [as_ada.post(at("edit_photo", page), {}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]


def test_a_user_who_is_switched_off_owns_nothing(ada, as_ada, page):
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert as_ada.get(at("edit_about", page)).status_code == 302
