"""What people said of bylines, for a batch that writes those bylines anew: one query, and none for new works."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harvest.services.writer.tables import fetch
from papers.domain.bylines import Printed, found_again


@dataclass(slots=True)
class Decided:
    """Of one paper: whose a printed name is, and who is nowhere on the byline, with who stands there instead."""

    theirs: list[tuple[Printed, int]] = field(default_factory=list)
    barred: dict[int, int] = field(default_factory=dict)

    def pinned(self, names: Sequence[str]) -> dict[int, int]:
        """The author of each place of this byline that somebody spoke for."""
        byline = [Printed(place, name) for place, name in enumerate(names, 1)]
        places: dict[int, int] = {}
        for printed, author_id in self.theirs:
            place = found_again(printed, [one for one in byline if one.position not in places])
            if place is not None:
                places[place.position] = author_id
        return places


def decided_bylines(paper_ids: Iterable[int]) -> Mapping[int, Decided]:
    """Standing decisions by paper, with the authors that stand for merged ones."""
    decided: dict[int, Decided] = defaultdict(Decided)
    for paper_id, is_theirs, position, name, author_id, other_id in fetch(
        """SELECT d.paper_id, d.is_theirs, d.position, d.printed_name,
                  a.canonical_id, o.canonical_id
           FROM papers_bylinedecision d JOIN canonical_author a ON a.id = d.author_id
           JOIN canonical_author o ON o.id = d.to_author_id
           WHERE d.paper_id = ANY(%s) AND d.withdrawn_at IS NULL ORDER BY d.paper_id, d.at, d.id""",
        [list(paper_ids)],
    ):
        if is_theirs:
            decided[paper_id].theirs.append((Printed(position, name), author_id))
        else:
            decided[paper_id].barred[author_id] = other_id
    return decided
