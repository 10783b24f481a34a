"""The judge that is in use: the one trained for this site, else the one that ships with the project."""

from functools import lru_cache
from pathlib import Path

from identity.domain.judge import Trees
from identity.models import IdentityModel

SHIPPED = Path(__file__).resolve().parent.parent / "shipped" / "arxiv.model"
SHIPPED_NAME = "arxiv-2"


def active_judge() -> tuple[str, Trees]:
    """The name and the trees. Raises UnreadableJudge, OSError where the shipped file is gone."""
    row = IdentityModel.objects.filter(is_active=True).first()
    if row is not None:
        return row.name, Trees.from_bytes(bytes(row.content))
    return SHIPPED_NAME, shipped_judge()


@lru_cache(maxsize=1)
def shipped_judge() -> Trees:
    """The model in the repository; its card is beside it."""
    return Trees.from_bytes(SHIPPED.read_bytes())
