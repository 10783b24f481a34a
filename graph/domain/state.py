"""What a picture shows, as its address says it: the same address draws the same picture.

n=A…,W…   in focus          x=…  expanded        hide=…  left out        pin=A…:30:70,…  held at a place
mode=     near (default), between, shared, lineage
kinds=AWTI   from=2010 to=2020   least=0.5   most=60   colour=kind   size=citations   sort=weight
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from graph.domain.nodes import KINDS, Node
from papers.domain.public_ids import decode, encode

MODES = ("near", "between", "shared", "lineage")
COLOURS = ("kind", "field", "year")
SIZES = ("ties", "citations", "works")
SORTS = ("weight", "name", "kind", "year", "citations", "ties")
MOST_IN_FOCUS, MOST_EXPANDED, MOST_HIDDEN, MOST_PINNED = 12, 40, 200, 60
DEFAULT_SIZE, SMALLEST, LARGEST = 48, 12, 500


class InvalidState(ValueError):
    """An address that no picture has."""


@dataclass(frozen=True, slots=True)
class State:
    """`pins` are places in hundredths of the picture's width and height. Years are None where not limited."""

    focus: tuple[Node, ...] = ()
    expanded: tuple[Node, ...] = ()
    hidden: tuple[Node, ...] = ()
    pins: Mapping[Node, tuple[int, int]] = field(default_factory=dict)
    mode: str = "near"
    kinds: str = "AWTI"
    first_year: int | None = None
    last_year: int | None = None
    least: float = 0.0
    most: int = DEFAULT_SIZE
    colour: str = "kind"
    size: str = "ties"
    sort: str = "weight"

    def with_(self, **changes: object) -> State:
        return replace(self, **changes)  # type: ignore[arg-type]  # names and types are those of the fields

    @property
    def is_of_years(self) -> bool:
        """Whether only works of some years are shown."""
        return self.first_year is not None or self.last_year is not None

    def expanding(self, node: Node) -> State:
        """With the node expanded, or folded again."""
        others = tuple(each for each in self.expanded if each != node)
        return self.with_(expanded=others if node in self.expanded else (*self.expanded, node))

    @property
    def address(self) -> str:
        """The query string, "" for the state of an empty page; what is as usual is left out."""
        usual = State()
        parts = {
            "n": _ids(self.focus),
            "x": _ids(self.expanded),
            "hide": _ids(self.hidden),
            "pin": ",".join(f"{public_id(node)}:{x}:{y}" for node, (x, y) in self.pins.items()),
            "mode": self.mode if self.mode != usual.mode else "",
            "kinds": self.kinds if self.kinds != usual.kinds else "",
            "from": "" if self.first_year is None else str(self.first_year),
            "to": "" if self.last_year is None else str(self.last_year),
            "least": f"{self.least:g}" if self.least else "",
            "most": str(self.most) if self.most != usual.most else "",
            "colour": self.colour if self.colour != usual.colour else "",
            "size": self.size if self.size != usual.size else "",
            "sort": self.sort if self.sort != usual.sort else "",
        }
        return urlencode({name: value for name, value in parts.items() if value}, safe=",:")


def public_id(node: Node) -> str:
    return encode(node.kind, node.id)


def _ids(nodes: tuple[Node, ...]) -> str:
    return ",".join(public_id(node) for node in nodes)


def read_state(asked: Mapping[str, str]) -> State:
    """The state that these parameters name. Raises InvalidState."""
    kinds = asked.get("kinds", "")
    if not set(kinds) <= set(KINDS):
        raise InvalidState("kinds")
    return State(
        focus=_nodes(asked.get("n", ""), MOST_IN_FOCUS),
        expanded=_nodes(asked.get("x", ""), MOST_EXPANDED),
        hidden=_nodes(asked.get("hide", ""), MOST_HIDDEN),
        pins=_pins(asked.get("pin", "")),
        mode=_one_of(asked, "mode", MODES),
        kinds="".join(kind for kind in KINDS if kind in kinds) or "AWTI",
        first_year=_year(asked, "from"),
        last_year=_year(asked, "to"),
        least=_number(asked, "least", 0.0, 0.0, 1_000.0),
        most=int(_number(asked, "most", DEFAULT_SIZE, SMALLEST, LARGEST)),
        colour=_one_of(asked, "colour", COLOURS),
        size=_one_of(asked, "size", SIZES),
        sort=_one_of(asked, "sort", SORTS),
    )


def read_node(text: str) -> Node:
    """The node of a public id. Raises InvalidState."""
    known = decode(text)
    if known is None or known[0] not in KINDS:
        raise InvalidState(text[:30])
    return Node(*known)


def _nodes(text: str, most: int) -> tuple[Node, ...]:
    names = [name for name in text.split(",") if name]
    if len(names) > most:
        raise InvalidState("too many")
    return tuple(dict.fromkeys(read_node(name) for name in names))


def _pins(text: str) -> dict[Node, tuple[int, int]]:
    pins: dict[Node, tuple[int, int]] = {}
    for part in text.split(","):
        if not part:
            continue
        name, x, y = (*part.split(":"), "", "")[:3]
        if not (x.isascii() and x.isdigit() and y.isascii() and y.isdigit()) or len(x) > 3 or len(y) > 3:
            raise InvalidState("pin")
        pins[read_node(name)] = (min(int(x), 100), min(int(y), 100))
    if len(pins) > MOST_PINNED:
        raise InvalidState("pin")
    return pins


def _one_of(asked: Mapping[str, str], name: str, among: tuple[str, ...]) -> str:
    value = asked.get(name, "") or among[0]
    if value not in among:
        raise InvalidState(name)
    return value


def _year(asked: Mapping[str, str], name: str) -> int | None:
    text = asked.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InvalidState(name)
    return int(text)


def _number(asked: Mapping[str, str], name: str, usual: float, least: float, most: float) -> float:
    text = asked.get(name, "").strip()
    if not text:
        return usual
    try:
        value = float(text)
    except ValueError:
        raise InvalidState(name) from None
    if value != value:  # not a number
        raise InvalidState(name)
    return min(max(value, least), most)
