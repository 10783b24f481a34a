"""Which institution an e-mail address or a page speaks for, if any, and what such an address is worth."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from anyascii import anyascii

# Anybody can have an address there; also services that forward for life, and addresses that societies give members.
PUBLIC_PROVIDERS = frozenset(
    """
    126.com 139.com 163.com 189.cn acm.org aim.com aliyun.com alice.it aol.com arcor.de att.net bigpond.com
    bluewin.ch bk.ru bol.com.br btinternet.com comcast.net cox.net daum.net disroot.org duck.com earthlink.net
    email.com email.cz fastmail.com fastmail.fm foxmail.com free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com
    gmx.de gmx.net googlemail.com hanmail.net hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr
    hotmail.it hush.com hushmail.com icloud.com ieee.org inbox.com inbox.ru interia.pl kolabnow.com kpnmail.nl
    laposte.net libero.it list.ru live.com live.co.uk live.de live.fr live.nl mac.com mail.com mail.de mail.ru
    mailbox.org mailfence.com mailinator.com me.com member.ams.org msn.com nate.com naver.com o2.pl onet.pl
    online.de online.no optonline.net orange.fr outlook.com outlook.de outlook.es outlook.fr pm.me posteo.de
    posteo.net proton.me protonmail.ch protonmail.com qq.com rambler.ru rediffmail.com riseup.net rocketmail.com
    runbox.com sapo.pt seznam.cz sfr.fr shaw.ca sina.cn sina.com skynet.be sohu.com startmail.com sympatico.ca
    t-online.de telenet.be terra.com.br tiscali.it tuta.com tuta.io tutanota.com uol.com.br verizon.net virgilio.it
    virgin.net vodafone.it wanadoo.fr web.de wp.pl ya.ru yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com
    yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru yeah.net ymail.com zoho.com ziggo.nl
    """.split()
)
# Anybody can have a page, or a name of their own, under these.
SHARED_HOSTS = frozenset(
    """
    academia.edu blogspot.com cargo.site facebook.com github.com github.io gitlab.com gitlab.io google.com
    linkedin.com medium.com netlify.app notion.site pages.dev researchgate.net sites.google.com squarespace.com
    substack.com tumblr.com twitter.com vercel.app webflow.io weebly.com wikipedia.org wix.com wixsite.com
    wordpress.com x.com youtube.com
    """.split()
)
# Kept after somebody has left: such an address says that they were there once.
_KEPT_FOR_LIFE = frozenset({"alumni", "alum", "alumnus", "alumna", "ehemalige", "antiguos", "anciens", "forlife"})
# Letters of other scripts that look like a Latin one, whatever their sound.
_TWINS = str.maketrans("абвгеёзийкмнорстухіѕјһԁԛԝҽαβγεηικνορτυχω", "abbreezuukmhopctyxisjhdqweabyenikvoptuxw")
_CONFUSED = (
    ("rn", "m"),
    ("vv", "w"),
    ("cl", "d"),
    ("0", "o"),
    ("1", "l"),
    ("i", "l"),
    ("3", "e"),
    ("5", "s"),
    ("-", ""),
)

# What mail servers everywhere take before the @: letters and marks without spaces and quotes.
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)

RECENT_YEARS = 5
LONG_AGO_YEARS = 10


class MailVerdict(StrEnum):
    FITS = "fits"
    PUBLIC_PROVIDER = "public_provider"
    LOOK_ALIKE = "look_alike"  # nearly the domain of an institution on the papers, and not it
    NOT_ON_PAPERS = "not_on_papers"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class Affiliation:
    """An institution on an author's papers: its mail domains, and the last year in which a paper names it.

    `last_year` is None where no paper with it is dated. `is_active` is False for one that the register calls closed:
    its domain may belong to anybody by now.
    """

    institution_id: int
    name: str
    domains: tuple[str, ...]
    last_year: int | None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class MailFinding:
    """`affiliation` and `domain` are what it fits or resembles, None and "" where nothing does. `weight` is 0–100."""

    verdict: MailVerdict
    affiliation: Affiliation | None = None
    domain: str = ""
    weight: int = 0
    is_recent: bool = False
    is_kept_for_life: bool = False


def canonical_address(text: str) -> str:
    """An address as it is compared: lower case, its domain in ASCII. "" for what is no plain address."""
    local, _at, domain = unicodedata.normalize("NFKC", text).strip().rpartition("@")
    host = canonical_host(domain)
    # An encoded word ("=?utf-8?…?=") is another address to every program that decodes it.
    if not host or not _LOCAL_PART.fullmatch(local) or "=?" in local:
        return ""
    return f"{local.lower()}@{host}"


def canonical_host(text: str) -> str:
    """A host name in lower case and ASCII, other scripts as xn--…; "" for what is none."""
    host = unicodedata.normalize("NFKC", text).strip().lower().rstrip(".")
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    labels = ascii_host.split(".")
    is_plain = all(0 < len(label) <= 63 and label.replace("-", "").isalnum() for label in labels)
    return ascii_host if len(labels) >= 2 and is_plain and len(ascii_host) <= 253 else ""


def is_within(host: str, domain: str) -> bool:
    """Whether a host is a domain or a part of it: "cs.x.edu" of "x.edu", "ax.edu" not."""
    return host == domain or host.endswith(f".{domain}")


def is_public_provider(host: str) -> bool:
    return any(is_within(host, provider) for provider in PUBLIC_PROVIDERS)


def is_shared_host(host: str) -> bool:
    return any(is_within(host, shared) for shared in SHARED_HOSTS)


def affiliation_at(host: str, affiliations: Iterable[Affiliation]) -> tuple[Affiliation, str] | None:
    """The institution that a host belongs to by the longest of its domains, the most recent one first."""
    found = [
        (len(domain), affiliation.last_year or 0, -affiliation.institution_id, affiliation, domain)
        for affiliation in affiliations
        if affiliation.is_active
        for domain in affiliation.domains
        if not is_public_provider(domain) and not is_shared_host(domain) and is_within(host, domain)
    ]
    if not found:
        return None
    *_order, affiliation, domain = max(found, key=lambda entry: entry[:3])
    return affiliation, domain


def judge_address(address: str, affiliations: Collection[Affiliation], *, year: int, full_weight: int) -> MailFinding:
    """What an address says about somebody whose papers name these institutions, in this year."""
    canonical = canonical_address(address)
    if not canonical:
        return MailFinding(MailVerdict.MALFORMED)
    host = canonical.rpartition("@")[2]
    if is_public_provider(host):
        return MailFinding(MailVerdict.PUBLIC_PROVIDER)
    fit = affiliation_at(host, affiliations)
    if fit is None:
        return _resembling(host, affiliations)
    affiliation, domain = fit
    years_ago = year - affiliation.last_year if affiliation.last_year is not None else LONG_AGO_YEARS
    weight = full_weight
    if years_ago > RECENT_YEARS:
        weight = full_weight * (7 if years_ago <= LONG_AGO_YEARS else 4) // 10
    for_life = bool(_KEPT_FOR_LIFE & set(host.removesuffix(domain).rstrip(".").split(".")))
    if for_life:
        weight = min(weight, full_weight * 5 // 10)
    return MailFinding(MailVerdict.FITS, affiliation, domain, weight, years_ago <= RECENT_YEARS, for_life)


def _resembling(host: str, affiliations: Iterable[Affiliation]) -> MailFinding:
    for affiliation in affiliations:
        for domain in affiliation.domains:
            if looks_like(host, domain):
                return MailFinding(MailVerdict.LOOK_ALIKE, affiliation, domain)
    return MailFinding(MailVerdict.NOT_ON_PAPERS)


def looks_like(host: str, domain: str) -> bool:
    """Whether a host could be taken for a domain that it is not a part of."""
    if is_within(host, domain):
        return False
    tail = ".".join(host.split(".")[-len(domain.split(".")) :])
    ours, theirs = _skeleton(tail), _skeleton(domain)
    name, their_name = ours.partition(".")[0], theirs.partition(".")[0]
    if ours == theirs or (name == their_name and len(name) >= 3):
        return True
    if f".{domain}." in f".{host.replace('-', '.')}.":
        return True  # x.edu.example.com, x.edu-mail.com
    return len(their_name) >= 5 and _is_one_apart(ours, theirs)


def _skeleton(host: str) -> str:
    """What a host looks like at a glance: letters of other scripts as their Latin twins, confusable pairs as one."""
    labels = []
    for label in host.split("."):
        try:
            shown = label.encode("ascii").decode("idna") if label.startswith("xn--") else label
        except UnicodeError:
            shown = label
        look = anyascii(shown.translate(_TWINS)).lower()
        for pair, single in _CONFUSED:
            look = look.replace(pair, single)
        labels.append(look)
    return ".".join(labels)


def _is_one_apart(one: str, other: str) -> bool:
    """Whether one letter changed, added, dropped or swapped with its neighbour makes one out of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, their_rest = one[start:], other[start:]
    return (
        rest[1:] == their_rest[1:]
        or rest[1:] == their_rest
        or rest == their_rest[1:]
        or (rest[:2] == their_rest[:2][::-1] and rest[2:] == their_rest[2:])
    )
