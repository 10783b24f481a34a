"""A record with papers, an institution and an iD; people whose addresses are proved; and a curator who may do all."""

from datetime import UTC, date, datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from accounts.services.curators import make_curator
from claims.models import Claim
from claims.services.approve import approve_claim
from claims.services.open_claim import open_claim
from claims.services.submit import submit_claim
from papers.models import Author, Authorship, AuthorshipInstitution, Institution, Paper, PaperIdentifier
from tests.conftest import person
from tests.factories.record import make_author, make_institution

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ORCID, OTHER_ORCID = "0000-0002-1825-0097", "0000-0001-5109-3700"
WORDS = "I wrote these papers at Oxford and have no other way to show it."


def prove(user: User) -> User:
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"primary": True, "verified": True})
    return user


def connect(user: User, uid: str = ORCID) -> SocialAccount:
    """As if the user had logged in at ORCID with this iD."""
    return SocialAccount.objects.create(user=user, provider="orcid", uid=uid)


def make_works(authors, count: int, *, at: Institution | None = None, year: int = 2024) -> list[Paper]:
    """Bare works, made quickly, with DOIs 10.1000/1 and on."""
    made = []
    for _ in range(count):
        number = Paper.objects.count()
        paper = Paper.objects.create(
            title=f"Pendulum number {number}",
            kind="article",
            published_date=date(year, 1, 1),
            published_precision="D",
            author_count=len(authors),
        )
        PaperIdentifier.objects.create(paper=paper, scheme="doi", value=f"10.1000/{number}")
        for position, author in enumerate(authors, start=1):
            row = Authorship.objects.create(
                paper=paper,
                position=position,
                author=author,
                printed_name=author.name,
                published_date=paper.published_date,
            )
            if at is not None:
                AuthorshipInstitution.objects.create(
                    authorship=row, institution=at, paper=paper, published_date=paper.published_date
                )
        made.append(paper)
    return made


@pytest.fixture
def oxford(db) -> Institution:
    return make_institution("University of Oxford", domains=["ox.ac.uk"])


@pytest.fixture
def author(oxford) -> Author:
    """Ada Byron's record: an iD, three works at Oxford."""
    author = make_author("Ada Byron", ids={"orcid": ORCID})
    make_works([author], 3, at=oxford)
    return author


@pytest.fixture
def proved_ada(ada) -> User:
    return prove(ada)


@pytest.fixture
def proved_cleo(cleo) -> User:
    return prove(cleo)


@pytest.fixture
def namesake(db) -> User:
    """Somebody else whose account says Ada Byron."""
    return prove(person("byron@example.net", "Ada Byron"))


@pytest.fixture
def senior(db) -> User:
    """A senior curator: revokes and decides disputes."""
    person("erin@example.org", "Erin Herschel")
    return make_curator(email="erin@example.org", is_senior=True).user


@pytest.fixture
def draft(author, proved_ada) -> Claim:
    return open_claim(user=proved_ada, author_id=author.pk, now=NOW)


@pytest.fixture
def pending(draft, proved_ada) -> Claim:
    return submit_claim(claim_id=draft.pk, by=proved_ada, explanation=WORDS, now=NOW)


@pytest.fixture
def approved(pending, dana) -> Claim:
    return approve_claim(claim_id=pending.pk, by=dana, now=NOW)
