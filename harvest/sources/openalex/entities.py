"""OpenAlex authors, institutions, sources and topics as mappings for the entity builders."""

from collections.abc import Mapping
from typing import Any

from harvest.sources.openalex.works import listed


def author_mapping(author: dict[str, Any]) -> dict[str, Any]:
    """An author: the institutions last known, or those of the newest years, are the affiliations."""
    known = _objects(author.get("last_known_institutions"))
    if not known and isinstance(author.get("last_known_institution"), Mapping):
        known = [author["last_known_institution"]]
    dated = [one.get("institution") for one in _objects(author.get("affiliations"))]
    return {
        "ids": _ids(author) | {"orcid": author.get("orcid")},
        "name": author.get("display_name"),
        "name_variants": author.get("display_name_alternatives"),
        "affiliations": [
            {"name": one.get("display_name"), "ror": one.get("ror"), "openalex": one.get("id")}
            for one in known or _objects(dated)
        ],
    }


def institution_mapping(institution: dict[str, Any]) -> dict[str, Any]:
    """An institution with its names in all languages and its associates by relation."""
    geo = _object(institution.get("geo"))
    associates = _objects(institution.get("associated_institutions"))
    related = {
        relation: [one.get("ror") or one.get("id") for one in associates if one.get("relationship") == relation]
        for relation in ("parent", "child", "successor")
    }
    return {
        "ids": _ids(institution) | {"ror": institution.get("ror")},
        "name": institution.get("display_name"),
        "names": _names(institution),
        "kind": institution.get("type"),
        "country_code": institution.get("country_code") or geo.get("country_code"),
        "city": geo.get("city"),
        "latitude": geo.get("latitude"),
        "longitude": geo.get("longitude"),
        "homepage": institution.get("homepage_url"),
        "parents": related["parent"],
        "children": related["child"],
        "successors": related["successor"],
    }


def venue_mapping(source: dict[str, Any]) -> dict[str, Any]:
    """A source, which the portal calls a venue."""
    issns = source.get("issn") if isinstance(source.get("issn"), list) else []
    titles = [one for one in listed(source.get("alternate_titles")) if isinstance(one, str)]
    kind = source.get("type")
    return {
        "ids": _ids(source) | {"issn": [one for one in (source.get("issn_l"), *listed(issns)) if one]},
        "name": source.get("display_name"),
        "name_variants": [
            *titles,
            *([source["abbreviated_title"]] if source.get("abbreviated_title") else []),
        ],
        "kind": "book" if kind == "ebook platform" else kind,
        "publisher": source.get("host_organization_name") or source.get("publisher"),
        "homepage": source.get("homepage_url"),
    }


def topic_mapping(topic: dict[str, Any]) -> dict[str, Any]:
    """A topic with the names of subfield, field and domain."""
    return {
        "ids": _ids(topic),
        "name": topic.get("display_name"),
        "description": topic.get("description"),
        "keywords": topic.get("keywords"),
        **{level: _object(topic.get(level)).get("display_name") for level in ("subfield", "field", "domain")},
    }


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _ids(entity: dict[str, Any]) -> dict[str, Any]:
    given = _object(entity.get("ids"))
    return {**given, "openalex": entity.get("id")}


def _names(institution: dict[str, Any]) -> list[dict[str, Any]]:
    international = _object(_object(institution.get("international")).get("display_name"))
    names = [{"name": institution.get("display_name"), "kind": "label"}]
    names += [{"name": one, "kind": "alias"} for one in listed(institution.get("display_name_alternatives"))]
    names += [{"name": one, "kind": "acronym"} for one in listed(institution.get("display_name_acronyms"))]
    return names + [{"name": name, "kind": "label", "language": language} for language, name in international.items()]
