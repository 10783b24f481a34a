"""Works as a resource of the API."""

from catalogue.api.works.filters import FILTERS, ORDERINGS, matching, ranked, works
from catalogue.api.works.schema import Work
from catalogue.api.works.write import write_works
from common.openalex_api.resources import Found, Resource
from papers.selectors.api_fields import find_record


def find_work(identifier: str) -> Found | None:
    return find_record("W", identifier)


WORKS = Resource(
    name="work",
    plural="works",
    rows=works,
    filters=FILTERS,
    orderings=ORDERINGS,
    default_sort="publication_date:desc",
    fields=tuple(Work().fields),
    heavy_fields=frozenset({"counts_by_year", "referenced_works"}),
    matching=matching,
    ranked=ranked,
    find=find_work,
    write=write_works,
    serializer=Work,
)
