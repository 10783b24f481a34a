"""Not being listed: by the owner, by somebody without an account, by a curator; and nobody else."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import MailedCode
from accounts.services.mailed_codes import NoCode
from claims.domain.refusals import ClaimRefused
from claims.services.approve import approve_claim
from claims.services.open_claim import open_claim
from claims.services.submit import submit_claim
from common import clock
from papers.models import Author, AuthorIdentifier
from profiles.models import OptOut
from profiles.services.listing import stand
from profiles.services.listing_codes import enter_code
from profiles.services.new_owners import welcome_new_owners
from profiles.services.opt_outs_by_mail import grant_due
from tests.conftest import person
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


@pytest.fixture
def by_mail(client, django_capture_on_commit_callbacks):
    """Ask with this address and type the code in; the request, and the page that answers."""

    def asking(author: Author, email: str) -> tuple[OptOut, str]:
        code_url = commit(django_capture_on_commit_callbacks, ask, client, author, email)
        code = next(m for m in reversed(mail.outbox) if m.to == [email.lower()])
        typed = re.search(r"^ {4}(\S+)$", code.body, re.M)[1].lower()
        with django_capture_on_commit_callbacks(execute=True):
            html = client.post(code_url, {"code": typed}).content.decode()
        return OptOut.objects.latest("pk"), html

    return asking


def hide(author: Author, email: str) -> OptOut:
    """A wish that stands, as seven days without an objection leave it."""
    with transaction.atomic():
        return stand(author_id=author.pk, proof="address", address=email, now=clock.now())


@pytest.mark.parametrize(
    "email", ["qz@somewhere.example", "QZ@SOMEWHERE.EXAMPLE", "quillon.zebrowska@x.edu", "q.zebrowska@cs.x.edu"]
)
def test_mail_alone_hides_nothing_until_seven_days_have_passed_in_which_known_addresses_were_told(
    client, author, email, by_mail, ben
):
    SocialAccount.objects.create(user=ben, provider="orcid", uid=ORCID)
    wish, html = by_mail(author, email)
    assert "the page stays as it is" in html
    assert {m.to[0] for m in mail.outbox if "remove your page" in m.subject} == {"qz@somewhere.example", ben.email}
    assert is_listed(author)
    assert grant_due(now=wish.asked_at + timedelta(days=7, seconds=-1)) == 0
    assert is_listed(author)
    assert grant_due(now=wish.asked_at + timedelta(days=7)) == 1
    assert client.get(author.get_absolute_url()).status_code == 410
    wish.refresh_from_db()
    assert (wish.state, wish.proof, wish.address) == ("standing", "address", "")
    assert email.lower() not in wish.address_hash
    with pytest.raises(IntegrityError), transaction.atomic():
        OptOut.objects.filter(pk=wish.pk).update(takes_effect_at=wish.asked_at + timedelta(days=6))


@pytest.mark.parametrize(
    "email",
    [
        "mallory+quillon.zebrowska@x.edu",  # a part behind a plus sign is whatever its reader likes
        "mallory+q.zebrowska@x.edu",
        "anything.q.zebrowska@x.edu",
        "notzebrowskaq@x.edu",
        "quillon.zebrowska2@x.edu",
        "zebrowska@x.edu",
        "qz@x.edu",
    ],
)
def test_a_colleague_cannot_take_a_page_off(author, email, by_mail):
    wish, _html = by_mail(author, email)
    assert wish.takes_effect_at is None
    assert grant_due(now=wish.asked_at + timedelta(days=400)) == 0
    assert is_listed(author)


def test_without_a_known_address_that_could_object_a_curator_decides(author, by_mail):
    author.authorships.update(raw_affiliation="Dept. of Y.")
    wish, _html = by_mail(author, "quillon.zebrowska@x.edu")
    assert wish.takes_effect_at is None
    assert grant_due(now=wish.asked_at + timedelta(days=400)) == 0


def test_who_is_told_keeps_the_page_with_one_click(client, author, by_mail):
    wish, _html = by_mail(author, "quillon.zebrowska@x.edu")
    told = next(m for m in mail.outbox if m.to == ["qz@somewhere.example"])
    url = re.search(r"https?://[^/]+(/\S+/object/\S+)", told.body)[1]
    assert client.get(url).status_code == 200
    assert OptOut.objects.get().state == "asked"
    other = reverse("profiles:listing_object", args=[make_author("Tao Luo").public_id, wish.objection_key])
    assert client.post(other).status_code == 404
    assert "the page stays as it is" in client.post(url).content.decode()
    assert client.post(url).status_code == 404
    assert grant_due(now=wish.asked_at + timedelta(days=8)) == 0
    assert is_listed(author)


@pytest.mark.parametrize("state", ["asked", "standing"])
def test_the_right_persons_claim_always_undoes_it(client, author, by_mail, dana, state):
    by_mail(author, "quillon.zebrowska@x.edu")
    if state == "standing":
        grant_due(now=clock.now() + timedelta(days=8))
        assert not is_listed(author)
    owner = person("zebrowska@example.org", "Quillon Zebrowska")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    claim = open_claim(user=owner, author_id=author.pk, now=clock.now())
    submit_claim(claim_id=claim.pk, by=owner, explanation="It is I, as my papers say.", now=clock.now())
    approve_claim(claim_id=claim.pk, by=dana, now=clock.now())
    welcome_new_owners(now=clock.now())
    assert is_listed(author)
    assert OptOut.objects.get().state == ("ended" if state == "standing" else "refused")
    assert grant_due(now=clock.now() + timedelta(days=30)) == 0


def test_a_page_that_is_not_shown_can_be_claimed_by_its_name_and_names_nobody_to_others(author, cleo, ada):
    hide(author, "any@where.example")
    url = reverse("claims:start", args=[author.public_id])
    assert url in Client().get(author.get_absolute_url()).content.decode()
    owner = person("zebrowska@example.org", "Q. Zebrowska")
    assert fresh(owner).get(url).status_code == 200
    assert fresh(cleo).get(url).status_code == 404
    EmailAddress.objects.filter(user=cleo).update(verified=True)
    with pytest.raises(ClaimRefused, match="gone"):
        open_claim(user=cleo, author_id=author.pk, explanation="I changed my name, truly.", now=clock.now())


def fresh(user) -> Client:
    """Logged in a moment ago."""
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery staple"})
    client.force_login(user)
    return client


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
    assert "A curator reviews your request" in html
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
        assert b"That code is wrong" in client.post(code_url, {"code": "BBBB-BBBB"}).content
    assert b"That code is wrong" in client.post(code_url, {"code": right}).content
    assert is_listed(author)
    fresh = commit(django_capture_on_commit_callbacks, ask, client, author, "qz@somewhere.example")
    MailedCode.objects.update(expires_at=clock.now(), sent_at="2026-01-01T00:00:00Z")
    assert b"That code is wrong" in client.post(fresh, {"code": mailed_code()}).content
    assert is_listed(author)
    used = commit(django_capture_on_commit_callbacks, ask, client, author, "any@where.example")
    for _ in range(2):
        client.post(used, {"code": mailed_code()})
    assert OptOut.objects.count() == 1
    with pytest.raises(NoCode):
        enter_code(row=MailedCode.objects.latest("pk"), code=mailed_code(), now=clock.now())


def test_codes_stand_in_no_table_and_a_key_of_another_page_opens_nothing(
    client, author, django_capture_on_commit_callbacks
):
    code_url = commit(django_capture_on_commit_callbacks, ask, client, author, "qz@somewhere.example")
    row = MailedCode.objects.get()
    assert mailed_code().replace("-", "") not in str(MailedCode.objects.values().get())
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
    assert b"the page is removed" in logged_in(ada).post(ask_url(author), {"orcid": "1"}).content
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
    from profiles.services.former_owners import settle_former_owners

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
