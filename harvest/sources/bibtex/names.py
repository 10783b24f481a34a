"""The people of a BibTeX field: between "and", with commas, braces and biblatex's named parts."""

import re
from typing import Any

from common.richtext.markup import cut_at_formulas
from common.richtext.tex import tex_without_literals, with_literals, without_tex_wrappers
from papers.domain.name_parts import by_habit, is_family_name, is_suffix_alone, read_names

_NAMED_PART = re.compile(r"(?:^|,)\s*\"?(family|given|prefix|suffix|useprefix|id)(?:-i)?\s*=\s*", re.I)
_OPEN_BRACES = re.compile(r"(?<!\\)[{}]")
_LAST_IN_BRACES = re.compile(r"(?P<given>[^{}]+)\s\{(?P<family>[^{}\\]+\s[^{}\\]+)\}")


def plain(text: str) -> str:
    """TeX decoded; braces that only protect capitals are taken off outside of mathematics."""
    text = with_quotes(text)
    parts = cut_at_formulas(without_tex_wrappers(text) if "\\" in text else text)
    return "".join(
        part if place % 2 else with_literals(_OPEN_BRACES.sub("", tex_without_literals(part)))
        for place, part in enumerate(parts)
    )


def with_quotes(text: str) -> str:
    """The text with the quotation marks that our own exports write as {''}, since the sign ends a field in some readers."""
    return text.replace("{''}", '"')


def split_names(field: str) -> list[str]:
    """The people of an author field, which stand between the word "and" outside of braces."""
    names, depth, start, at = [], 0, 0, 0
    field = f" {field} "
    lowered = field.lower()
    while at < len(field):
        if field[at] == "{":
            depth += 1
        elif field[at] == "}":
            depth -= 1
        elif (
            depth <= 0
            and field[at].isspace()
            and lowered.startswith("and", at + 1)
            and field[at + 4 : at + 5].isspace()
        ):
            names.append(field[start:at])
            start = at = at + 4
            continue
        at += 1
    return [name for name in (one.strip() for one in [*names, field[start:]]) if name]


def people(field: str, *, role: str = "author") -> list[dict[str, Any]]:
    """The entries of a byline in the record format. A field of commas alone is read as a list of names."""
    found = [_person(name) for name in _whole_names(split_names(field.replace("\n", " ")))]
    return [one if role == "author" else {**one, "role": role} for one in found]


def _whole_names(names: list[str]) -> list[str]:
    """The names, where one before the last lists several: "John Smith, Jane Doe, and Max Roe"."""
    if len(names) < 2 or "," in names[-1] or "{" in names[0] or "{" in names[-1]:
        return names
    parts = [part.strip() for part in names[0].split(",") if part.strip()]
    is_list = len(parts) > 1 and all(" " in part and read_names(part)[0].kind == "person" for part in parts)
    return [*parts, *names[1:]] if is_list and not is_family_name(parts[0]) else names


def _person(name: str) -> dict[str, Any]:
    if name.lower() in {"others", "et al.", "et al"}:
        return {"name": "others"}
    if _NAMED_PART.search(name):
        return _named_parts(name)
    if _is_braced(name):
        return _braced(plain(name).strip())
    parts = [part.strip() for part in _outside_braces(name)]
    while len(parts) > 2 and not parts[-1]:
        parts.pop()
    if len(parts) == 1:
        return _in_order(name)
    plain_parts = [plain(part).strip() for part in parts]
    filled = [part for part in plain_parts if part]
    if len(filled) > 1 and all(by_habit(part) is not None for part in filled):
        return {"name": ", ".join(filled)}  # "Wilsham E, Rinkell G": a list without a single "and"
    if len(parts) == 2:
        return {"family": plain_parts[0], "given": plain_parts[1]}
    if len(parts) == 3 and (is_suffix_alone(plain_parts[1]) or not is_suffix_alone(plain_parts[2])):
        return _three(plain_parts)
    if len(parts) == 3:
        return {"family": plain_parts[0], "given": plain_parts[1], "suffix": plain_parts[2]}
    return {"name": ", ".join(filled)}  # read_names takes it apart where it is surely a list


def _three(parts: list[str]) -> dict[str, Any]:
    """ "Last, Jr, First", where the middle is a suffix or a degree; else three people."""
    last, middle, first = parts
    if (
        is_suffix_alone(middle)
        or not middle
        or not first
        or (middle[:1].isupper() and " " not in middle and "." in middle)
    ):
        return {"family": last, "given": first, "suffix": middle}
    listed = ", ".join(parts)
    return {"name": listed} if len(read_names(listed)) > 1 else {"family": last, "given": first, "suffix": middle}


def _in_order(name: str) -> dict[str, Any]:
    """ "First von Last"; braces around several words say that they are the family name."""
    braced = _LAST_IN_BRACES.fullmatch(name)
    if braced is not None:
        return {"family": plain(braced["family"]), "given": plain(braced["given"])}
    return {"name": plain(name)}


def _braced(name: str) -> dict[str, Any]:
    """What stands whole in braces is one unit: a group's name when it has several words."""
    if " " not in name or not any(letter.isalpha() for letter in name):
        return {"name": name}
    inner = read_names(name, is_one=True)
    if "," in name and len(inner) == 1 and inner[0].family:
        return {"family": inner[0].family, "given": inner[0].given, "suffix": inner[0].suffix}
    return {"name": name, "is_group": True}


def _named_parts(name: str) -> dict[str, Any]:
    """biblatex's `family=Hoveden, given=Jorin, prefix=van den, useprefix=true`."""
    cuts = list(_NAMED_PART.finditer(name))
    values: dict[str, str] = {}
    for place, cut in enumerate(cuts):
        end = cuts[place + 1].start() if place + 1 < len(cuts) else len(name)
        values[cut[1].lower()] = plain(name[cut.end() : end]).strip(' ",')
    parts = {"family": values.get("family", ""), "given": values.get("given", "")}
    return {**parts, "particle": values.get("prefix", ""), "suffix": values.get("suffix", "")}


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds all of it, and does not belong to a command."""
    if not (name.startswith("{") and name.endswith("}")) or name.startswith("{\\"):
        return False
    depth = 0
    for at, letter in enumerate(name):
        depth += (letter == "{") - (letter == "}")
        if depth == 0:
            return at == len(name) - 1
    return False


def _outside_braces(name: str) -> list[str]:
    """The name cut at the commas outside of braces."""
    parts, depth, start = [], 0, 0
    for at, letter in enumerate(name):
        if letter in "{}":
            depth += 1 if letter == "{" else -1
        elif letter == "," and depth <= 0:
            parts.append(name[start:at])
            start = at + 1
    return [*parts, name[start:]]
