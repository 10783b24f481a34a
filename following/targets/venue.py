"""Venues: new works published in them."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from following.targets.base import TargetKind, followed
from papers.models import Venue
from papers.selectors.addresses import address

VENUE = TargetKind(
    kind="venue",
    letter="S",
    label=_("Venue"),
    plural=_("Venues"),
    weight=1.5,
    table="papers_venue",
    model=Venue,
    url=partial(address, "S"),
    works=(
        f"""SELECT p.id, w.kind, w.target_id FROM chosen c JOIN papers_paper p ON p.id = c.paper_id
            JOIN canonical_venue v ON v.id = p.venue_id {followed("venue", "v.canonical_id")}""",
    ),
    latest="""SELECT id FROM papers_paper WHERE venue_id = %(id)s AND published_date <= %(latest)s
              ORDER BY published_date DESC, id DESC LIMIT %(most)s""",
    recent=(
        """JOIN LATERAL (
            SELECT id, published_date FROM canonical_paper WHERE venue_id = f.target_id AND is_canonical
              AND published_date <= %(today)s ORDER BY published_date DESC, id DESC LIMIT %(shown)s
        ) w ON true""",
    ),
)
