"""FAIR Signposting: typed links in the header, by which machines find their way on a landing page.

Source: https://signposting.org/FAIR/ (level 1).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

MOST_AUTHORS = 20  # a header has to stay within what proxies take


@dataclass(frozen=True, slots=True)
class TypedLink:
    rel: str
    url: str
    media_type: str = ""


def link_header(links: Iterable[TypedLink]) -> str:
    """The value of a Link header; nothing in an address can end the header or its part."""
    return ", ".join(_written(link) for link in links if link.url)


def _written(link: TypedLink) -> str:
    url = quote(link.url, safe=":/?#[]@!$&'()*+,;=%-._~")
    kind = f'; type="{link.media_type}"' if link.media_type else ""
    return f'<{url}>; rel="{link.rel}"{kind}'
