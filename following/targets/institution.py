"""Institutions: new works that name them as an affiliation."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from following.targets.base import TargetKind, followed
from papers.models import Institution
from papers.selectors.addresses import address

INSTITUTION = TargetKind(
    kind="institution",
    letter="I",
    label=_("Institution"),
    plural=_("Institutions"),
    weight=1.0,
    table="papers_institution",
    model=Institution,
    url=partial(address, "I"),
    works=(
        f"""SELECT s.paper_id, w.kind, w.target_id FROM chosen c
            JOIN papers_authorshipinstitution s ON s.paper_id = c.paper_id
            JOIN canonical_institution i ON i.id = s.institution_id
            {followed("institution", "i.canonical_id")}""",
    ),
    latest="""SELECT s.paper_id FROM papers_authorshipinstitution s
              WHERE s.institution_id = %(id)s AND s.published_date <= %(latest)s
              ORDER BY s.published_date DESC, s.paper_id DESC LIMIT %(most)s""",
    recent=(
        """JOIN LATERAL (
            SELECT paper_id, published_date FROM papers_authorshipinstitution WHERE institution_id = f.target_id
              AND published_date <= %(today)s ORDER BY published_date DESC, paper_id DESC LIMIT %(shown)s
        ) w ON true""",
    ),
)
