"""Pages that link back to a record with rel="me"."""

from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import etree, html

from claims.domain.mail_domains import canonical_host

LONGEST_PAGE = 500


class InvalidPage(ValueError):
    """What is no address of a page that could be fetched."""


def canonical_page(text: str) -> tuple[str, str]:
    """A typed address and its host, both in canonical form. Raises InvalidPage."""
    typed = text.strip()
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        port = parts.port
    except ValueError:
        raise InvalidPage(text[:100]) from None
    host = canonical_host(parts.hostname or "")
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise InvalidPage(text[:100])
    if port not in {None, 80, 443} or len(typed) > LONGEST_PAGE or not typed.isprintable() or " " in typed:
        raise InvalidPage(text[:100])
    return urlunsplit(("https", host, parts.path or "/", parts.query, "")), host


def links_back(body: bytes, *, page_url: str, record_urls: frozenset[str]) -> bool:
    """Whether a page holds `<a rel="me" href>` or `<link rel="me" href>` to one of the record's addresses."""
    try:
        tree = html.document_fromstring(body, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return False
    for element in tree.iter("a", "link"):
        is_me = "me" in str(element.get("rel") or "").lower().split()
        if is_me and _target(page_url, str(element.get("href") or "")) in record_urls:
            return True
    return False


def _target(page_url: str, href: str) -> str:
    """Where a link leads; "" for one that is no address, which says nothing about the links beside it."""
    try:
        return _plain(urljoin(page_url, href))
    except ValueError:
        return ""


def record_addresses(base_url: str, path: str) -> frozenset[str]:
    """The addresses by which a record may be linked: with its slug, and by its id alone."""
    short = "/".join(path.split("/")[:3])
    return frozenset(_plain(f"{base_url}{way}") for way in (path, short))


def _plain(url: str) -> str:
    """Without what makes no difference: the case of scheme and host, a slash at the end, query and fragment."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{parts.path.rstrip('/')}"
