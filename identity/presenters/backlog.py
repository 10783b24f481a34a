"""How far a settling is, for whoever shows what follows an import."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from common.backlog import StageLeft
from identity.selectors.progress import running


def names_left() -> Iterator[StageLeft]:
    """The blocks of the settling that runs, if any."""
    if (run := running()) is not None:
        yield StageLeft(_("Which works are whose"), run.blocks_total - run.blocks_done, run.blocks_total)
