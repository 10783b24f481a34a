"""ROR organisations, schema version 1 and 2."""

from collections.abc import Iterator, Mapping
from typing import Any

from harvest.domain.build_entities import build_institution
from harvest.domain.json_lines import as_objects, load_object
from harvest.domain.record import InstitutionRecord

_ORDER = ("label", "alias", "acronym")


def parse_organisation(line: bytes) -> InstitutionRecord:
    """One line with one organisation of either schema; raises RecordError."""
    return parse_object(load_object(line))


def parse_object(raw: dict[str, Any]) -> InstitutionRecord:
    """One organisation as an object, see `parse_organisation`."""
    mapping = _second(raw) if isinstance(raw.get("names"), list) else _first(raw)
    relations: dict[str, list[Any]] = {"parent": [], "child": [], "successor": []}
    for one in as_objects(raw.get("relationships")):
        relations.get(str(one.get("type")).lower(), []).append(one.get("id"))
    kinds = [one.lower() for one in _strings(raw.get("types"))]
    mapping |= {
        "kind": next((one for one in kinds if one != "funder"), next(iter(kinds), "")),
        "status": raw.get("status"),
        "established": raw.get("established"),
        "parents": relations["parent"],
        "children": relations["child"],
        "successors": relations["successor"],
        "domains": _strings(raw.get("domains")),
    }
    return build_institution(mapping, source="ror")


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _second(raw: dict[str, Any]) -> dict[str, Any]:
    """Schema 2: typed names, locations with GeoNames details, external ids as a list."""
    names = list(_typed_names(as_objects(raw.get("names"))))
    displayed = [one for one in as_objects(raw.get("names")) if "ror_display" in _strings(one.get("types"))]
    places = [one.get("geonames_details") for one in as_objects(raw.get("locations"))]
    place = next((one for one in places if isinstance(one, Mapping)), {})
    ids: dict[str, Any] = {"ror": raw.get("id")}
    for one in as_objects(raw.get("external_ids")):
        ids[str(one.get("type")).lower()] = one.get("preferred") or one.get("all")
    website = [one.get("value") for one in as_objects(raw.get("links")) if one.get("type") == "website"]
    return {
        "ids": ids,
        "name": displayed[0].get("value") if displayed else names[0]["name"] if names else "",
        "names": names,
        "country_code": place.get("country_code"),
        "city": place.get("name"),
        "latitude": place.get("lat"),
        "longitude": place.get("lng"),
        "homepage": next(iter(website), None),
    }


def _typed_names(names: list[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in names:
        types = _strings(one.get("types"))
        kind = next((kind for kind in _ORDER if kind in types), "label")
        yield {"name": one.get("value"), "kind": kind, "language": one.get("lang")}


def _first(raw: dict[str, Any]) -> dict[str, Any]:
    """Schema 1: one name with labels, aliases and acronyms beside it, external ids by type."""
    names: list[dict[str, Any]] = [{"name": raw.get("name"), "kind": "label"}]
    names += [
        {"name": one.get("label"), "kind": "label", "language": one.get("iso639")}
        for one in as_objects(raw.get("labels"))
    ]
    names += [{"name": one, "kind": "alias"} for one in _strings(raw.get("aliases"))]
    names += [{"name": one, "kind": "acronym"} for one in _strings(raw.get("acronyms"))]
    addresses = as_objects(raw.get("addresses"))
    place = addresses[0] if addresses else {}
    city = place.get("geonames_city")
    country = raw.get("country")
    external = raw.get("external_ids")
    ids: dict[str, Any] = {"ror": raw.get("id")}
    for scheme, one in external.items() if isinstance(external, Mapping) else ():
        if isinstance(one, Mapping):
            ids[scheme.lower()] = one.get("preferred") or one.get("all")
    return {
        "ids": ids,
        "name": raw.get("name"),
        "names": names,
        "country_code": country.get("country_code") if isinstance(country, Mapping) else None,
        "city": place.get("city") or (city.get("city") if isinstance(city, Mapping) else None),
        "latitude": place.get("lat"),
        "longitude": place.get("lng"),
        "homepage": next(iter(_strings(raw.get("links"))), None),
    }
