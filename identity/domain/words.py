"""Words of titles and abstracts that tell what a work is about, as numbers."""

import re
import zlib

from common.richtext.text import fold

WORD_BUCKETS = 1 << 16
_WORD = re.compile(r"[^\W\d_]{3,}")
_STOP = frozenset(
    "the and for with from that this are was were which have has had can our its their using based between into via "
    "not but also been being such these those than them they then there what when where who will would could should "
    "may more most some other each both only over under about after before through during without within new paper "
    "show present propose proposed results approach method methods use used two one".split()
)


def bucket_counts(text: str) -> dict[int, int]:
    """How many times each bucket's words stand in a text."""
    counts: dict[int, int] = {}
    for word in _WORD.findall(fold(text)):
        if word not in _STOP:
            bucket = _bucket(word)
            counts[bucket] = counts.get(bucket, 0) + 1
    return counts


_BUCKETS: dict[str, int] = {}


def _bucket(word: str) -> int:
    known = _BUCKETS.get(word)
    if known is None:
        known = zlib.crc32(word.rstrip("s").encode()) % WORD_BUCKETS
        if len(_BUCKETS) < 1_000_000:
            _BUCKETS[word] = known
    return known
