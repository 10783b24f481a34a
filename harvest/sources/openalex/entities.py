"""OpenAlex authors, institutions, sources and topics as mappings for the entity builders."""

from collections.abc import Mapping
from typing import Any

from harvest.domain.json_lines import as_list, as_object, as_objects


def author_mapping(author: dict[str, Any]) -> dict[str, Any]:
    """An author: the institutions last known, or those of the newest years, are the affiliations."""
    known = as_objects(author.get("last_known_institutions"))
    if not known and isinstance(author.get("last_known_institution"), Mapping):
        known = [author["last_known_institution"]]
    dated = [one.get("institution") for one in as_objects(author.get("affiliations"))]
    return {
        "ids": _ids(author) | {"orcid": author.get("orcid")},
        "name": author.get("display_name"),
        "name_variants": author.get("display_name_alternatives"),
        "affiliations": [
            {"name": one.get("display_name"), "ror": one.get("ror"), "openalex": one.get("id")}
            for one in known or as_objects(dated)
        ],
    }


def institution_mapping(institution: dict[str, Any]) -> dict[str, Any]:
    """An institution with its names in all languages and its associates by relation."""
    geo = as_object(institution.get("geo"))
    associates = as_objects(institution.get("associated_institutions"))
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
    titles = [one for one in as_list(source.get("alternate_titles")) if isinstance(one, str)]
    kind = source.get("type")
    return {
        "ids": _ids(source) | {"issn": [one for one in (source.get("issn_l"), *as_list(issns)) if one]},
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
        **{level: as_object(topic.get(level)).get("display_name") for level in ("subfield", "field", "domain")},
    }


def _ids(entity: dict[str, Any]) -> dict[str, Any]:
    given = as_object(entity.get("ids"))
    return {**given, "openalex": entity.get("id")}


def _names(institution: dict[str, Any]) -> list[dict[str, Any]]:
    international = as_object(as_object(institution.get("international")).get("display_name"))
    names = [{"name": institution.get("display_name"), "kind": "label"}]
    names += [{"name": one, "kind": "alias"} for one in as_list(institution.get("display_name_alternatives"))]
    names += [{"name": one, "kind": "acronym"} for one in as_list(institution.get("display_name_acronyms"))]
    return names + [{"name": name, "kind": "label", "language": language} for language, name in international.items()]
