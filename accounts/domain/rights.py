"""The groups of people who look after the record, and the least that each needs: (app, model) → what they may."""

from collections.abc import Mapping
from typing import Literal

type Right = Literal["view", "add", "change", "delete", "decide", "revoke", "merge", "split", "undo"]
type Rights = Mapping[tuple[str, str], frozenset[Right]]

CURATOR = "curator"
SENIOR_CURATOR = "senior curator"

_READ: frozenset[Right] = frozenset({"view"})
_EDIT: frozenset[Right] = frozenset({"view", "change"})

_PARTS = (
    "authoraffiliation",
    "authoridentifier",
    "authorname",
    "authorship",
    "authorshipinstitution",
    "category",
    "change",
    "citation",
    "entitystatement",
    "institutionidentifier",
    "institutionname",
    "institutionrelation",
    "papercategory",
    "doubtfulidentifier",
    "paperidentifier",
    "paperlink",
    "paperlocation",
    "paperrelation",
    "paperstatement",
    "papertopic",
    "paperversion",
    "reportedcitations",
    "topicidentifier",
    "unresolvedreference",
    "venueidentifier",
    "venuename",
)
_RECORDS = ("paper", "author", "institution", "venue", "topic")

# A correction is added by changing a record, and deleted by withdrawing it; neither happens in a form of its own.
_CURATING: Rights = {
    **{("papers", model): _EDIT for model in _RECORDS},
    **{("papers", model): _READ for model in _PARTS},
    # A curator merges and splits, and undoes what they did themselves.
    ("papers", "author"): _EDIT | {"merge", "split"},
    ("papers", "recordrevision"): _READ,
    ("papers", "bylinedecision"): frozenset({"view", "change"}),
    ("papers", "papersearch"): _EDIT,
    ("papers", "papermatch"): _EDIT,
    ("papers", "venuemerge"): _EDIT,
    ("papers", "correction"): frozenset({"view", "add", "delete"}),
    # Curators decide claims; taking a page away from its owner, and disputes, are for senior curators.
    ("claims", "claim"): frozenset({"view", "decide"}),
    ("claims", "evidence"): _READ,
    ("claims", "claimevent"): _READ,
    ("profiles", "optout"): frozenset({"view", "decide"}),
    ("profiles", "attributionrequest"): frozenset({"view", "decide"}),
    # What the engine did is read; a run moves thousands of works at once, and senior curators take it back.
    ("identity", "identityrun"): _READ,
    ("identity", "identitymove"): _READ,
    ("harvest", "importrun"): _READ,
    ("harvest", "rejectedrecord"): _READ,
    # Of invitations and conversations curators see what was reported; the rows themselves are nobody's to browse.
    ("collaborations", "report"): _EDIT,
    ("collaborations", "moderationaction"): frozenset({"view", "add"}),
    ("metrics", "scoremodel"): _EDIT,
    ("metrics", "refreshrun"): _EDIT,
    ("metrics", "refreshitem"): _READ,
}
GROUP_RIGHTS: Mapping[str, Rights] = {
    CURATOR: _CURATING,
    # Who looks after curators sees who they are and what was done, and changes no account.
    SENIOR_CURATOR: {
        **_CURATING,
        ("claims", "claim"): frozenset({"view", "decide", "revoke"}),
        ("papers", "recordrevision"): frozenset({"view", "undo"}),
        ("identity", "identityrun"): frozenset({"view", "undo"}),
        ("accounts", "user"): _READ,
        ("accounts", "outgoingmail"): frozenset({"view", "decide"}),
        ("accounts", "suppressedaddress"): _READ,
        ("auth", "group"): _READ,
        ("admin", "logentry"): _READ,
    },
}
