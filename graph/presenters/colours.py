"""What the colours of a picture mean: names of colours that the style sheets hold for light and dark."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from graph.domain.nodes import Node
from graph.selectors.pictures import Composed

FIELDS_SHOWN = 6
PERIODS = 5


@dataclass(frozen=True, slots=True)
class Palette:
    """The colour of each node, by name: `kind-A`, `field-1`, `time-3`, `none`. `legend` names those that are not kinds."""

    names: Mapping[Node, str]
    legend: tuple[tuple[str, str], ...]

    def colour(self, node: Node) -> str:
        return self.names.get(node, "none")


def palette_of(composed: Composed) -> Palette:
    if composed.state.colour == "field":
        return _by_field(composed)
    if composed.state.colour == "year":
        return _by_year(composed)
    return Palette({node: f"kind-{node.kind}" for node in composed.records}, ())


def _by_field(composed: Composed) -> Palette:
    """The most frequent fields in the picture have a colour each, all others one."""
    counts = Counter(record.field for record in composed.records.values() if record.field)
    shown = [code for code, _n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:FIELDS_SHOWN]]
    colours = {code: f"field-{place}" for place, code in enumerate(shown, 1)}
    names = {r.field: r.field_name or r.field for r in composed.records.values() if r.field in colours}
    legend = [(colours[code], names[code]) for code in shown]
    return Palette(
        {node: colours.get(record.field, "none") for node, record in composed.records.items()},
        (*legend, ("none", gettext("other or not known"))),
    )


def _by_year(composed: Composed) -> Palette:
    """Five periods of equal length between the first and the last year in the picture."""
    years = [record.year for record in composed.records.values() if record.year is not None]
    if not years:
        return Palette({}, (("none", gettext("year not known")),))
    first, span = min(years), max(years) - min(years) + 1
    step = -(-span // PERIODS)
    names = {
        node: "none" if record.year is None else f"time-{(record.year - first) // step + 1}"
        for node, record in composed.records.items()
    }
    used = sorted({name for name in names.values() if name != "none"})
    legend = [(name, _period(first + (int(name[5:]) - 1) * step, step, first + span - 1)) for name in used]
    return Palette(names, (*legend, ("none", gettext("year not known"))))


def _period(start: int, step: int, last: int) -> str:
    end = min(start + step - 1, last)
    return str(start) if start == end else f"{start}–{end}"
