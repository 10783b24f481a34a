"""Papers: new works that cite them, and their retraction."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from following.targets.base import TargetKind, followed
from papers.models import Paper
from papers.selectors.addresses import address

PAPER = TargetKind(
    kind="paper",
    letter="W",
    label=_("Paper"),
    plural=_("Papers"),
    weight=4.0,
    table="papers_paper",
    name="title",
    model=Paper,
    url=partial(address, "W"),
    heard_of=_("You will see new works that cite it."),
    citations=(
        f"""SELECT c.citing_id AS paper_id, w.kind, w.target_id, b.created_at AS seen_at FROM changed_batch b
            JOIN papers_citation c ON c.citing_id = b.id {followed("paper", "c.cited_id")} WHERE b.is_new""",
        # A work that is followed may have got the citations of one that was merged into it.
        f"""SELECT p.id, w.kind, w.target_id, p.created_at FROM changed_batch b {followed("paper", "b.id")}
            JOIN papers_citation c ON c.cited_id = b.id JOIN canonical_paper p ON p.id = c.citing_id WHERE {{is_new}}""",
    ),
    retractions=(f"SELECT c.paper_id, w.kind, w.target_id FROM chosen c {followed('paper', 'c.paper_id')}",),
    latest="""SELECT p.id FROM papers_citation c JOIN papers_paper p ON p.id = c.citing_id WHERE c.cited_id = %(id)s
              ORDER BY p.published_date DESC NULLS LAST, p.id DESC LIMIT %(most)s""",
)
