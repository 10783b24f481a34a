"""What the pages say of nodes, ties and paths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from common.templatetags.presentation import count, decimal
from graph.domain.nodes import Edge, Node
from graph.selectors.pictures import Composed

KIND_NAMES = {
    "A": gettext_lazy("person"),
    "W": gettext_lazy("work"),
    "T": gettext_lazy("topic"),
    "I": gettext_lazy("institution"),
}
KINDS_NAMES = {
    "A": gettext_lazy("People"),
    "W": gettext_lazy("Works"),
    "T": gettext_lazy("Topics"),
    "I": gettext_lazy("Institutions"),
}

# Why a node is in the picture; groups of the list, in this order.
REASONS = {
    "focus": gettext_lazy("In focus"),
    "on_the_way": gettext_lazy("On the way"),
    "joint": gettext_lazy("Works together"),
    "people": gettext_lazy("People on the same works"),
    "read": gettext_lazy("Cited often, without a joint work"),
    "reader": gettext_lazy("Cites these works often, without a joint work"),
    "works": gettext_lazy("Works"),
    "cited": gettext_lazy("Works that several of these cite"),
    "citing": gettext_lazy("Works that cite several of these"),
    "topics": gettext_lazy("Topics"),
    "institutions": gettext_lazy("Institutions"),
    "cited_by_all": gettext_lazy("Cited by all of them"),
    "cites_all": gettext_lazy("Cites all of them"),
    "wrote_with_all": gettext_lazy("People who wrote with all of them"),
    "topics_of_all": gettext_lazy("Topics of all of them"),
    "places_of_all": gettext_lazy("Institutions of all of them"),
    "earlier": gettext_lazy("Cited by it"),
    "earlier_still": gettext_lazy("Cited by what it cites"),
    "later": gettext_lazy("Cites it"),
    "later_still": gettext_lazy("Cites what cites it"),
    "expanded": gettext_lazy("Expanded"),
    "near_expanded": gettext_lazy("Around what was expanded"),
}


def kind_counts(composed: Composed) -> str:
    """ "12 works, 9 people, 5 topics and 2 institutions": what stands around the focus."""
    counts = Counter(node.kind for node in composed.records if node not in composed.state.focus)
    works, people, topics, places = (counts[kind] for kind in "WATI")
    parts = (
        (works, ngettext("%(n)s work", "%(n)s works", works)),
        (people, ngettext("%(n)s person", "%(n)s people", people)),
        (topics, ngettext("%(n)s topic", "%(n)s topics", topics)),
        (places, ngettext("%(n)s institution", "%(n)s institutions", places)),
    )
    return listed([words % {"n": count(number)} for number, words in parts if number])


def listed(parts: Sequence[str]) -> str:
    """ "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def tie_label(edge: Edge, seen_from: Node) -> str:
    """What a tie says of the other node, seen from one of its ends: "wrote it", "cites it"."""
    forward = edge.a == seen_from
    works = int(edge.weight)
    match edge.kind:
        case "with":
            return gettext("wrote together, tie %(strength)s") % {"strength": decimal(edge.weight, 1)}
        case "wrote":
            return gettext("wrote it") if forward else gettext("written by")
        case "about":
            if works > 1:
                return ngettext("%(n)s work on it", "%(n)s works on it", works) % {"n": count(works)}
            return gettext("is about") if forward else gettext("treated in")
        case "at":
            return gettext("at") if forward else gettext("where is")
        case "cites":
            return gettext("cites") if forward else gettext("cited by")
        case "draws_on":
            if forward:
                return ngettext("cites %(n)s of their works", "cites %(n)s of their works", works) % {"n": count(works)}
            return ngettext("cited in %(n)s of their works", "cited in %(n)s of their works", works) % {
                "n": count(works)
            }
        case _:
            return pgettext("of two works", "similar to")
