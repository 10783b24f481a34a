"""What one work can be to another, and which notices there are about a work."""

from collections.abc import Iterable

# The two are versions of one work, whatever their years and titles.
VERSION_KINDS = frozenset({"is_preprint_of", "has_preprint", "is_version_of", "has_version", "is_same_as"})

# Notices about a work, gravest first.
NOTICE_KINDS = ("retraction", "withdrawal", "concern", "correction")

# What a notice says that it does to another work, and the notice that this is about it.
NOTICE_ABOUT = {
    "retracts": "retraction",
    "withdraws": "withdrawal",
    "concerns": "concern",
    "corrects": "correction",
}
NOTICE_DOES = {kind: verb for verb, kind in NOTICE_ABOUT.items()}
# Instead of an identifier's: a notice that names its work by the title alone has the hash of that there.
BY_TITLE = "title"
RELATION_KINDS = VERSION_KINDS | NOTICE_ABOUT.keys()

RETRACTING = frozenset({"retraction", "withdrawal"})
VERSIONS = ("published", "accepted", "submitted")


def gravest(kinds: Iterable[str]) -> str:
    """The gravest of some notices, "" of none."""
    found = set(kinds)
    return next((kind for kind in NOTICE_KINDS if kind in found), "")
