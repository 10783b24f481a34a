"""Verification and trust as they are stored: what the record gives, what claims add, and whom a verified person lifts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from metrics.formulas.trust import StrongEvidence
from metrics.models import AuthorMetrics
from metrics.services import claim_status
from metrics.services.claim_status import ClaimStatus, NoClaims, register_provider
from metrics.services.refresh.changes import refresh_authors
from papers.models import AuthorIdentifier
from tests.factories.library import make_author, make_paper

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Claims:
    """What a test says that claims say."""

    known: dict[int, ClaimStatus]
    verified: Iterable[int] = ()

    def statuses(self, author_ids):
        return {author_id: self.known[author_id] for author_id in author_ids if author_id in self.known}

    def verified_authors(self):
        return list(self.verified)


@pytest.fixture
def claims():
    """Register a provider for one test."""
    before = list(claim_status._providers)
    yield lambda known, verified=(): register_provider(Claims(known, verified))
    register_provider(before[0])


@pytest.fixture
def nobody_claims(claims):
    register_provider(NoClaims())


def earned(author) -> dict[str, int]:
    refresh_authors(author_ids=[author.pk], now=NOW)
    numbers = AuthorMetrics.objects.get(author=author)
    points = {point["code"]: point["earned"] for point in numbers.trust_points}
    assert sum(points.values()) == numbers.trust
    return points


def level_of(author) -> int:
    return AuthorMetrics.objects.get(author=author).verification_level


def test_a_name_alone_has_no_level_and_an_identifier_gives_the_first(nobody_claims):
    ada = make_author()
    assert not any(earned(ada).values())
    assert level_of(ada) == 0
    AuthorIdentifier.objects.create(author=ada, scheme="orcid", value="0000-0002-1825-0097")
    points = earned(ada)
    assert (level_of(ada), points["identity.level"], points["record.orcid"]) == (1, 10, 5)


def test_strong_evidence_lifts_a_claimed_author_and_time_adds_to_it(claims):
    ada = make_author()
    claims({ada.pk: ClaimStatus(is_claimed=True, is_email_verified=True, claimed_date=date(2026, 11, 1))})
    assert earned(ada)["identity.level"] == 25
    claims(
        {
            ada.pk: ClaimStatus(
                is_claimed=True,
                is_email_verified=True,
                strong=frozenset({StrongEvidence.ORCID}),
                claimed_date=date(2026, 1, 1),
                confirmed_date=date(2026, 6, 1),
            )
        }
    )
    points = earned(ada)
    assert (level_of(ada), points["identity.level"]) == (3, 40)
    assert AuthorMetrics.objects.get(author=ada).trust == 50
    claims({ada.pk: ClaimStatus(is_claimed=True, is_email_verified=True, strong=frozenset(StrongEvidence))})
    earned(ada)
    assert level_of(ada) == 4


def test_a_verified_co_author_with_two_joint_works_corroborates_the_others_alone(claims):
    ada, ben, cleo = make_author(), make_author("Ben Babbage"), make_author("Cleo Somerville")
    for number in range(2):
        make_paper(f"Together {number}", by=[ada, ben])
    make_paper("Once", by=[ada, cleo])
    claims({}, verified=[ada.pk])
    lifted = [earned(author)["corroboration.coauthors"] for author in (ada, ben, cleo)]
    assert lifted == [0, 5, 0]


def test_a_standing_that_says_the_same_leaves_the_row_alone(claims):
    ada = make_author()
    claims({ada.pk: ClaimStatus(is_claimed=True, is_email_verified=True)})
    earned(ada)
    before = AuthorMetrics.objects.get(author=ada).computed_at
    assert refresh_authors(author_ids=[ada.pk], now=datetime(2026, 11, 23, tzinfo=UTC)) == 0
    assert AuthorMetrics.objects.get(author=ada).computed_at == before


def test_a_claim_that_is_withdrawn_takes_its_points_with_it(claims):
    ada = make_author()
    claims({ada.pk: ClaimStatus(is_claimed=True, is_email_verified=True)})
    earned(ada)
    claims({})
    earned(ada)
    assert (level_of(ada), AuthorMetrics.objects.get(author=ada).trust) == (0, 0)
