"""What a record's page shows below its fields: tables that are read, each from one query however long it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers.domain.display import iso_date
from papers.domain.identifiers import Identifier, url_of
from papers.models import Author, Authorship, Institution, Paper, Topic, Venue

MOST_ROWS = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and the address it leads to, "" for none."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A table with a title; `more_url` lists what `is_cut` leaves out."""

    title: str | Promise
    headers: tuple[str | Promise, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_cut: bool = False
    more_url: str = ""


def admin_url(model: str, pk: int | None) -> str:
    """The admin's page of a row; `model` is such as "papers_author"."""
    return reverse(f"admin:{model}_change", args=[pk]) if pk else ""


def _panel(
    title: str | Promise, headers: Sequence[str | Promise], rows: Iterable[tuple[Cell, ...]], more: str = ""
) -> Panel:
    found = tuple(rows)
    return Panel(title, tuple(headers), found[:MOST_ROWS], len(found) > MOST_ROWS, more)


def _some(rows: QuerySet[Any, Any]) -> list[Any]:
    return list(rows[: MOST_ROWS + 1])


def _listed(model: str, record: Any) -> str:
    return f"{reverse(f'admin:papers_{model}_changelist')}?q={record.public_id}"


def identifiers(record: Any) -> Panel:
    """The identifiers of any record."""
    return _panel(
        _("Identifiers"),
        (_("Scheme"), _("Value")),
        (
            (Cell(scheme), Cell(value, url_of(Identifier(scheme, value)) or ""))
            for scheme, value in _some(record.identifiers.order_by("scheme", "value").values_list("scheme", "value"))
        ),
    )


def paper_panels(paper: Paper) -> list[Panel]:
    """Seven queries."""
    byline = Authorship.objects.filter(paper=paper).order_by("position").select_related("author")
    reported = paper.reported_citations.order_by("-count", "pk").values_list("source", "count", "as_of_date")
    return [
        identifiers(paper),
        _panel(
            _("Byline"),
            (_("Place"), _("Name as printed"), _("Author"), _("Affiliation as printed")),
            (
                (
                    Cell(str(one.position)),
                    Cell(one.printed_name),
                    Cell(one.author.name, admin_url("papers_author", one.author_id)),
                    Cell(one.raw_affiliation),
                )
                for one in _some(byline)
            ),
            _listed("authorship", paper),
        ),
        _panel(
            _("Citations as others report them"),
            (_("Source"), _("Count"), _("As of")),
            ((Cell(s), Cell(f"{n:,}"), Cell(d.isoformat() if d else "")) for s, n, d in _some(reported)),
        ),
        _panel(_("Subjects"), (_("Subject"), _("Confidence")), _subjects(paper)),
        _panel(_("Versions and links"), (_("What"), _("Where or when")), _versions_and_links(paper)),
    ]


def _subjects(paper: Paper) -> Iterable[tuple[Cell, ...]]:
    categories = paper.paper_categories.order_by("position").values_list("category_id", "category__code")
    for pk, code in _some(categories):
        yield Cell(code, admin_url("papers_category", pk)), Cell("")
    topics = paper.paper_topics.order_by("pk").values_list("topic_id", "topic__name", "score")
    for pk, name, score in _some(topics):
        yield Cell(name, admin_url("papers_topic", pk)), Cell("" if score is None else f"{score:.2f}")


def _versions_and_links(paper: Paper) -> Iterable[tuple[Cell, ...]]:
    for number, day in _some(paper.versions.order_by("number").values_list("number", "submitted_date")):
        yield Cell(f"v{number}"), Cell(day.isoformat() if day else "")
    for kind, url in _some(paper.links.order_by("kind", "pk").values_list("kind", "url")):
        yield Cell(kind), Cell(url, url if url.startswith(("https://", "http://")) else "")


def author_panels(author: Author) -> list[Panel]:
    """Four queries."""
    works = author.authorships.order_by("-published_date", "-paper_id").values_list(
        "paper_id", "paper__title", "printed_name", "paper__published_date", "paper__published_precision"
    )
    names = author.names.order_by("name", "pk").values_list("name", flat=True)
    affiliations = author.affiliations.order_by("source", "position", "pk").values_list(
        "institution_id", "institution__name", "source"
    )
    return [
        identifiers(author),
        _panel(_("Names"), (_("Name"),), ((Cell(name),) for name in _some(names))),
        _panel(
            _("Affiliations that sources name"),
            (_("Institution"), _("Source")),
            (
                (Cell(name, admin_url("papers_institution", pk)), Cell(source))
                for pk, name, source in _some(affiliations)
            ),
        ),
        _panel(
            _("Works, newest first"),
            (_("Title"), _("Printed as"), _("Published")),
            (
                (Cell(title, admin_url("papers_paper", pk)), Cell(printed), Cell(iso_date(day, precision)))
                for pk, title, printed, day, precision in _some(works)
            ),
            _listed("authorship", author),
        ),
    ]


def institution_panels(institution: Institution) -> list[Panel]:
    """Four queries."""
    names = institution.names.order_by("kind", "name", "pk").values_list("name", "kind", "language")
    parents = institution.parent_relations.order_by("parent__name", "pk").values_list("parent_id", "parent__name")
    children = institution.child_relations.order_by("child__name", "pk").values_list("child_id", "child__name")
    return [
        identifiers(institution),
        _panel(
            _("Names"),
            (_("Name"), _("Kind"), _("Language")),
            (tuple(Cell(part) for part in row) for row in _some(names)),
        ),
        _panel(_("Part of"), (_("Institution"),), _institutions(parents)),
        _panel(
            _("Parts"),
            (_("Institution"),),
            _institutions(children),
            _listed("institutionrelation", institution),
        ),
    ]


def _institutions(rows: QuerySet[Any, Any]) -> Iterable[tuple[Cell, ...]]:
    return ((Cell(name, admin_url("papers_institution", pk)),) for pk, name in _some(rows))


def venue_panels(venue: Venue) -> list[Panel]:
    """Two queries."""
    works = venue.papers.order_by("-published_date", "-pk")
    return [
        identifiers(venue),
        _works(works.values_list("pk", "title", "published_date", "published_precision")),
    ]


def topic_panels(topic: Topic) -> list[Panel]:
    """Two queries."""
    works = topic.paper_topics.order_by("-published_date", "-paper_id").values_list(
        "paper_id", "paper__title", "paper__published_date", "paper__published_precision"
    )
    return [identifiers(topic), _works(works)]


def _works(rows: QuerySet[Any, Any]) -> Panel:
    return _panel(
        _("Works, newest first"),
        (_("Title"), _("Published")),
        (
            (Cell(title, admin_url("papers_paper", pk)), Cell(iso_date(day, precision)))
            for pk, title, day, precision in _some(rows)
        ),
    )
