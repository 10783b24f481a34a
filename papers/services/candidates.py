"""Who else a name on a byline may be, when it is not the author it was given to."""

from collections.abc import Collection

from common.db.sql import fetch_value
from papers.domain.names import parse_person_name, search_text
from papers.models import Author, Authorship

_MOST_NAMESAKES = 200

# Namesakes who wrote with somebody of this byline before, on another paper: the one who shares most.
_SHARING = """
SELECT c.id FROM papers_author c
JOIN papers_authorship x ON x.author_id = c.id AND x.paper_id <> %(paper)s
JOIN papers_authorship y ON y.paper_id = x.paper_id AND y.author_id = ANY(%(companions)s)
WHERE c.family_key = %(family_key)s AND c.initials = %(initials)s AND c.key = %(key)s
  AND c.merged_into_id IS NULL AND c.id <> ALL(%(barred)s)
GROUP BY c.id ORDER BY count(DISTINCT y.author_id) DESC, c.id LIMIT 1
"""


def author_for(*, printed: str, paper_id: int, barred: Collection[int]) -> int:
    """The author who gets this printed name of a paper.

    A namesake who wrote with others of this byline, else the first namesake of the portal's order (the holder of
    "name", "name #2", …), else a new record. Nobody who is barred or stands on the byline already.
    """
    on_byline = set(Authorship.objects.filter(paper_id=paper_id).values_list("author_id", flat=True))
    excluded = on_byline | set(barred)
    parts = parse_person_name(printed).keys
    key = (parts.key or printed.casefold())[:300]
    sharing = fetch_value(
        _SHARING,
        {
            "paper": paper_id,
            "companions": sorted(on_byline - set(barred)),
            "barred": sorted(excluded),
            "family_key": parts.family_key[:300],
            "initials": parts.initials[:40],
            "key": key,
        },
    )
    if sharing is not None:
        return int(sharing)
    return _by_slot(printed, key, excluded)


def _by_slot(printed: str, key: str, excluded: set[int]) -> int:
    for nth in range(1, _MOST_NAMESAKES):
        slot = key if nth == 1 else f"{key} #{nth}"
        holder = Author.objects.filter(name_slot=slot).values_list("pk", "merged_into_id").first()
        if holder is None:
            return make_author(printed=printed, name_slot=slot)
        standing = holder[1] or holder[0]
        if standing not in excluded:
            return standing
    return make_author(printed=printed, name_slot=None)


def make_author(*, printed: str, name_slot: str | None) -> int:
    """A new record of this printed name; its id."""
    parts = parse_person_name(printed).keys
    author = Author.objects.create(
        name=printed[:300],
        key=(parts.key or printed.casefold())[:300],
        family_key=parts.family_key[:300],
        initials=parts.initials[:40],
        is_initials=parts.is_initials,
        name_slot=name_slot,
        search_text=search_text([printed]),
    )
    return author.pk


def free_slot(printed: str) -> str | None:
    """The name by which works without an id find their author, where no record holds it yet; else None."""
    parts = parse_person_name(printed).keys
    key = (parts.key or printed.casefold())[:300]
    return None if Author.objects.filter(name_slot=key).exists() else key
