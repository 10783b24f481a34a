"""Not being listed: by the owner, by somebody without an account, by a curator; and nobody else."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse

from common import clock
from papers.models import Author, AuthorIdentifier
from profiles.models import ListingCode, OptOut
from profiles.services.listing_codes import WrongCode, enter_code
from tests.factories.library import make_author, make_institution, make_paper
from tests.factories.owners import make_owner, revoke
from tests.profiles.conftest import logged_in

pytestmark = [pytest.mark.django_db]

ORCID = "0000-0002-1825-0097"


@pytest.fixture
def author() -> Author:
    """Nobody's page, with an address on a paper and an institution on another."""
    author = make_author("Quillon Zebrowska")
    here = make_institution("University of X")
    here.domains = ["x.edu"]
    here.save()
    paper = make_paper("Printed", by=[author], at=here, published=clock.today())
    paper.authorships.update(raw_affiliation="Dept. of Y (electronic address: qz@Somewhere.example).")
    AuthorIdentifier.objects.create(author=author, scheme="orcid", value=ORCID)
    return author


def ask_url(author: Author) -> str:
    return reverse("profiles:listing_ask", args=[author.public_id])


def ask(client: Client, author: Author, email: str) -> str:
    """The address of the page that wants the code."""
    response = client.post(ask_url(author), {"email": email, "explanation": "It is I"})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def mailed_code() -> str:
    return re.search(r"^ {4}(\S+)$", mail.outbox[-1].body, re.M)[1]


def is_listed(author: Author) -> bool:
    return Author.objects.get(pk=author.pk).is_listed


def commit(django_capture_on_commit_callbacks, act, *given):
    with django_capture_on_commit_callbacks(execute=True):
        return act(*given)


@pytest.mark.parametrize(
    "email",
    ["qz@somewhere.example", "QZ@SOMEWHERE.EXAMPLE", "quillon.zebrowska@x.edu", "q.zebrowska@cs.x.edu"],
)
def test_an_address_that_papers_prove_takes_the_page_away_at_once(
    client, author, email, django_capture_on_commit_callbacks
):
    code_url = commit(django_capture_on_commit_callbacks, ask, client, author, email)
    assert mail.outbox[-1].to == [email.lower()]
    html = client.post(code_url, {"code": mailed_code().lower()}).content.decode()
    assert "there is no page any more" in html
    assert "Zebrowska" not in html
    assert client.get(author.get_absolute_url()).status_code == 410
    wish = OptOut.objects.get()
    assert (wish.state, wish.proof, wish.address) == ("standing", "address", "")
    assert email.lower() not in wish.address_hash


def test_the_same_address_brings_the_page_back_and_another_does_not(client, author, django_capture_on_commit_callbacks):
    code_url = commit(django_capture_on_commit_callbacks, ask, client, author, "qz@somewhere.example")
    client.post(code_url, {"code": mailed_code()})
    assert "Zebrowska" not in client.get(ask_url(author)).content.decode()
    other = commit(django_capture_on_commit_callbacks, ask, client, author, "quillon.zebrowska@x.edu")
    client.post(other, {"code": mailed_code()})
    assert not is_listed(author)
    same = commit(django_capture_on_commit_callbacks, ask, client, author, "qz@somewhere.example")
    client.post(same, {"code": mailed_code()})
    assert is_listed(author)
    assert client.get(author.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    "email",
    [
        "cleo@x.edu",
        "zebrowska@x.edu.example",
        "quillon.zebrowska@gmail.com",
        "qz@somewhere.example.com",
        "zebrowska@xx.edu",
    ],
)
def test_any_other_address_is_for_a_curator_to_judge(client, author, dana, email, django_capture_on_commit_callbacks):
    code_url = commit(django_capture_on_commit_callbacks, ask, client, author, email)
    html = client.post(code_url, {"code": mailed_code()}).content.decode()
    assert "a curator looks at it" in html
    assert is_listed(author)
    wish = OptOut.objects.get()
    assert (wish.state, wish.address, wish.explanation) == ("asked", email, "It is I")
    with django_capture_on_commit_callbacks(execute=True):
        logged_in(dana).post(
            reverse("admin:profiles_optout_changelist"), {"action": "grant", "_selected_action": [wish.pk]}
        )
    wish.refresh_from_db()
    assert (wish.state, wish.address, wish.decided_by) == ("standing", "", dana)
    assert not is_listed(author)
    assert mail.outbox[-1].to == [email]


def test_a_curator_may_refuse_and_a_plain_user_decides_nothing(
    client, author, dana, cleo, django_capture_on_commit_callbacks
):
    code_url = commit(django_capture_on_commit_callbacks, ask, client, author, "any@where.example")
    client.post(code_url, {"code": mailed_code()})
    wish = OptOut.objects.get()
    given = {"action": "grant", "_selected_action": [wish.pk]}
    assert logged_in(cleo).post(reverse("admin:profiles_optout_changelist"), given).status_code == 302
    assert OptOut.objects.get().state == "asked"
    logged_in(dana).post(reverse("admin:profiles_optout_changelist"), given | {"action": "refuse"})
    assert OptOut.objects.get().state == "refused"
    assert is_listed(author)


def test_a_wrong_code_a_fourth_try_an_old_and_a_used_one_do_nothing(client, author, django_capture_on_commit_callbacks):
    code_url = commit(django_capture_on_commit_callbacks, ask, client, author, "qz@somewhere.example")
    right = mailed_code()
    for _ in range(3):
        assert b"That was not the code" in client.post(code_url, {"code": "BBBB-BBBB"}).content
    assert b"That was not the code" in client.post(code_url, {"code": right}).content
    assert is_listed(author)
    fresh = commit(django_capture_on_commit_callbacks, ask, client, author, "qz@somewhere.example")
    ListingCode.objects.update(expires_at=clock.now(), sent_at="2026-01-01T00:00:00Z")
    assert b"That was not the code" in client.post(fresh, {"code": mailed_code()}).content
    assert is_listed(author)
    used = commit(django_capture_on_commit_callbacks, ask, client, author, "any@where.example")
    for _ in range(2):
        client.post(used, {"code": mailed_code()})
    assert OptOut.objects.count() == 1
    with pytest.raises(WrongCode):
        enter_code(key=ListingCode.objects.latest("pk").key, code=mailed_code(), now=clock.now())


def test_codes_stand_in_no_table_and_a_key_of_another_page_opens_nothing(
    client, author, django_capture_on_commit_callbacks
):
    code_url = commit(django_capture_on_commit_callbacks, ask, client, author, "qz@somewhere.example")
    row = ListingCode.objects.get()
    assert mailed_code().replace("-", "") not in str(ListingCode.objects.values().get())
    other = reverse("profiles:listing_code", args=[make_author("Tao Luo").public_id, row.key])
    assert client.get(other).status_code == 404
    assert client.get(code_url).status_code == 200


def test_known_and_unknown_addresses_get_the_same_answer(client, author, django_capture_on_commit_callbacks):
    pages = []
    for email in ("qz@somewhere.example", "nobody@nowhere.example"):
        url = commit(django_capture_on_commit_callbacks, ask, client, author, email)
        html = client.get(url).content.decode().replace(email, "").replace(url, "")
        pages.append(re.sub(r'nonce="[^"]+"|value="[^"]+"', "", html))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 2


def test_while_somebody_owns_the_page_only_they_decide_at_once(client, author, ada, django_capture_on_commit_callbacks):
    make_owner(ada, author)
    code_url = commit(django_capture_on_commit_callbacks, ask, client, author, "qz@somewhere.example")
    client.post(code_url, {"code": mailed_code()})
    assert is_listed(author)
    assert OptOut.objects.get().state == "asked"


def test_an_authenticated_orcid_on_the_record_takes_it_away_and_another_does_not(author, ada, cleo):
    for user, uid in ((ada, ORCID), (cleo, "0000-0001-5109-3700")):
        SocialAccount.objects.create(user=user, provider="orcid", uid=uid)
    assert b"is not on this record" in logged_in(cleo).post(ask_url(author), {"orcid": "1"}).content
    assert is_listed(author)
    assert b"no page any more" in logged_in(ada).post(ask_url(author), {"orcid": "1"}).content
    assert not is_listed(author)


def test_the_owner_goes_and_comes_back(ada, as_ada, page):
    url = reverse("profiles:edit_listing", args=[page.public_id])
    as_ada.post(url, {"unlist": "1"})
    assert Client().get(page.get_absolute_url()).status_code == 410
    assert as_ada.get(page.get_absolute_url()).status_code == 410
    assert "List me again" in as_ada.get(url).content.decode()
    as_ada.post(url, {"list": "1"})
    assert Client().get(page.get_absolute_url()).status_code == 200
    assert OptOut.objects.get().state == "ended"


def test_what_a_former_owner_had_set_is_taken_back_by_the_sweep(ada, as_ada):
    from profiles.services.settling import settle_former_owners

    author = make_author("Ada Lovelace")
    author.names.create(name="Ada King")
    claim = make_owner(ada, author)
    paper = make_paper("Taken", by=[author])
    for name, values in (
        ("edit_names", {"name": "Ada King", "is_private": "on"}),
        ("edit_disown", {"work": paper.public_id}),
        ("edit_listing", {"unlist": "1"}),
    ):
        as_ada.post(reverse(f"profiles:{name}", args=[author.public_id]), values)
    assert settle_former_owners(now=clock.now()) == 0
    revoke(claim)
    assert settle_former_owners(now=clock.now()) == 1
    author.refresh_from_db()
    assert (author.name, author.has_private_names, author.is_listed) == ("Ada Lovelace", False, True)
    assert paper.authorships.get().author_id == author.pk
    assert settle_former_owners(now=clock.now()) == 0


def test_asking_is_limited_by_typed_address_and_by_whoever_asks(client, author, settings):
    settings.RATE_LIMITED = True
    email = f"{clock.now().timestamp()}@somewhere.example"
    answers = [
        client.post(ask_url(author), {"email": email}, REMOTE_ADDR=f"198.51.100.{n}").status_code for n in range(6)
    ]
    assert answers == [302] * 5 + [429]
    more = [client.post(ask_url(author), {"email": "x"}, REMOTE_ADDR="198.51.100.77").status_code for _ in range(11)]
    assert more[-1] == 429
