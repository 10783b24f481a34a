"""Numbers as the tiles at the head of a page: a value and over how many works it is, or why there is none."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from common.templatetags.presentation import count
from metrics.formulas.coverage import is_thin
from metrics.selectors.merged_preview import COUNTED
from papers.templatetags.works import source_name

type Text = str | Promise

COMPUTING = _("being computed")
NOT_COUNTED = _("not counted here")
UNKNOWN = _("unknown")


@dataclass(frozen=True, slots=True)
class Tile:
    """`name` is that of the number's page. `value` is "" where there is none, and then `note` says why: being computed,
    not counted here, or unknown. `is_muted`: over too few works to say much."""

    name: str
    value: str
    label: Text
    note: Text = ""
    is_muted: bool = False


def number_tile(name: str, value: str, label: Text, *, known: int, of: int) -> Tile:
    """A number over `known` of `of` works; one that is over all of them does not say so unless they are few."""
    is_muted = is_thin(known, of)
    return Tile(name, value, label, over(known, of) if is_muted or known < of else "", is_muted)


def missing_tile(name: str, label: Text, *, is_computed: bool, why: Text = UNKNOWN) -> Tile:
    """The tile of a number that is not known."""
    return Tile(name, "", label, why if is_computed else COMPUTING)


def citation_tiles(
    *, h_index: int | None, cited_by_count: int | None, figures: str, known: int, works: int, is_computed: bool
) -> tuple[Tile, Tile]:
    """h-index and citations of an author or a subject with `works` works, `known` of which have a figure.

    The citations say whose `figures` they are ("counted", or the name of a source): a paper in the list below may show
    a larger figure of another source, and the sum would look wrong beside it.
    """
    cited = ngettext("citation", "citations", cited_by_count or 0)
    h = (
        missing_tile("h_index", _("h-index"), is_computed=is_computed, why=_why(known, works))
        if h_index is None
        else number_tile("h_index", count(h_index), _("h-index"), known=known, of=works)
    )
    if cited_by_count is None:
        return h, missing_tile("citations_all", cited, is_computed=is_computed, why=_why(known, works))
    tile = number_tile("citations_all", count(cited_by_count), cited, known=known, of=works)
    return h, replace(tile, note=", ".join(str(note) for note in (_whose(figures), tile.note) if note))


def _whose(figures: str) -> str:
    if not figures:
        return ""
    if figures == COUNTED:
        return gettext("counted here")
    return gettext("reported by {source}").format(source=source_name(figures))


def _why(known: int, works: int) -> Text:
    if not works:
        return UNKNOWN
    if not known:
        return NOT_COUNTED
    return gettext("counted for {known} of {works} papers").format(known=count(known), works=count(works))


def over(known: int, of: int) -> str:
    """ "over 3 of 40 papers"."""
    if known == of:
        return ngettext("over {n} paper", "over {n} papers", of).format(n=count(of))
    return gettext("over {known} of {of} papers").format(known=count(known), of=count(of))
