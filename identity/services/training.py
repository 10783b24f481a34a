"""A model for this site, taken only if it is better than the one in use on names that neither was shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from identity.domain.training import loss_of, train
from identity.models import IdentityModel
from identity.services.model import active_judge
from identity.services.reading import read_papers

FEWEST_PAPERS = 5_000


class TooLittle(Exception):
    """The site has too few papers to learn from; the model that ships with the project is better."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Log loss of the new model and of the one in use, on the same held-out pairs."""

    loss: float
    before: float
    is_used: bool


def train_for_site(*, now: datetime, out: Path | None, tell: Callable[[str], None]) -> Trained:
    """Train on the site's own names; raises TooLittle."""
    papers = read_papers()
    if len(papers) < FEWEST_PAPERS:
        raise TooLittle(f"{len(papers)} papers are too few to learn from; {FEWEST_PAPERS} are needed.")
    _, judge_before = active_judge()
    judge = train(papers, tell=tell)
    before = loss_of(judge_before, papers)
    loss = loss_of(judge, papers)
    if out is not None:
        out.write_bytes(judge.to_bytes())
    is_used = out is None and loss < before
    if is_used:
        _use(judge.to_bytes(), {**judge.figures, "loss": loss, "loss before": before}, now)
    return Trained(loss, before, is_used)


@transaction.atomic
def _use(content: bytes, figures: dict[str, float], now: datetime) -> None:
    IdentityModel.objects.filter(is_active=True).update(is_active=False)
    IdentityModel.objects.create(
        name=f"site-{now:%Y%m%d%H%M%S}", trained_at=now, figures=figures, is_active=True, content=content
    )
