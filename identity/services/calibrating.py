"""The judge for this site's corpus: the trees in use with curves of the names that are here."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from identity.domain.judge import Trees
from identity.domain.recalibration import recalibrated
from identity.models import IdentityModel
from identity.services.model import CURVES_AT, active_judge
from identity.services.reading import read_papers
from papers.models import Authorship

FEWEST_MENTIONS = 5_000  # fewer names say too little of how common they are here
GROWN = 1.5
MENTIONS = "mentions when calibrated"


def calibrated_judge(*, now: datetime, tell: Callable[[str, int, int], None]) -> tuple[str, Trees]:
    """The name and the judge; calibrated anew where the record is half as large again as when it was last.

    Raises UnreadableJudge, OSError.
    """
    name, judge = active_judge()
    mentions = Authorship.objects.count()
    if mentions < max(FEWEST_MENTIONS, GROWN * judge.figures.get(MENTIONS, 0)):
        return name, judge
    papers = read_papers(lambda done, of: tell("reading works to calibrate", done, of))
    fitted = recalibrated(judge, papers, tell=lambda done, of: tell("calibrating on cut names", done, of))
    fitted.figures[MENTIONS] = float(mentions)
    return _keep(f"{name.partition(CURVES_AT)[0]}{CURVES_AT}{now:%Y%m%d%H%M}", fitted, now), fitted


@transaction.atomic
def _keep(name: str, judge: Trees, now: datetime) -> str:
    """The model of this site from now on; earlier ones stay to be read about."""
    IdentityModel.objects.filter(is_active=True).update(is_active=False)
    IdentityModel.objects.update_or_create(
        name=name,
        defaults={"trained_at": now, "figures": judge.figures, "is_active": True, "content": judge.to_bytes()},
    )
    return name
