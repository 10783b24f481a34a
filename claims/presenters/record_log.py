"""What happened to an author record, in sentences."""

from django.utils.translation import gettext_lazy as _

from claims.presenters.labels import Label, state_name
from claims.selectors.record_log import LogLine

SENTENCES: dict[str, Label] = {
    "merge": _("Records were merged (no. %(id)s)."),
    "split": _("The record was split (no. %(id)s)."),
    "undone": _("The merge or split no. %(id)s was undone."),
    "decision_withdrawn": _("The decision on “%(title)s” was withdrawn."),
    "theirs": _("“%(name)s” on “%(title)s” was assigned to this record."),
    "not_theirs": _("“%(name)s” on “%(title)s” was taken off this record."),
    "corrected": _("%(field)s was set to “%(value)s”."),
    "correction_withdrawn": _("The correction of %(field)s was withdrawn."),
    "claim": _("A claim: %(state)s."),
    "claim_removed": _("A claim was removed."),
}


def sentence_of(line: LogLine) -> str:
    facts = dict(line.facts)
    if line.code == "claim":
        facts["state"] = state_name(str(facts["state"]))
    return str(SENTENCES[line.code]) % facts
