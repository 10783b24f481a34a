"""Reasons in words: the facts that a link keeps, as a reader of the page sees them."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from identity.domain.rules import Rule, Zone
from identity.selectors.why import Fact, Why


class Reason(NamedTuple):
    """A fact in words; `is_for` says which way it speaks."""

    text: str
    is_for: bool


RELATIONS = {
    "same": "the names are equal",
    "spelling": "the names differ in spelling alone",
    "middle_missing": "a middle name is missing",
    "initial": "an initial stands for the given name",
    "nickname": "one is a short form of the other",
    "one_letter": "one letter differs",
    "swapped": "given and family name are exchanged",
    "family_shortened": "a part of the family name is missing",
}


def headline(why: Why) -> str:
    """One sentence: by what rule the work stands here."""
    if why.rule is Rule.PERSON:
        day = date_format(why.decided_at, "DATE_FORMAT") if why.decided_at else ""
        return _("A person decided this on %(day)s. Imports do not change it.") % {"day": day}
    sentences = {
        Rule.IDENTIFIER: _("The source names this author by an identifier."),
        Rule.NAME: _("The name is the same, and few people are likely to have it."),
        Rule.COMMON_NAME: _("The name is the same. It is a common name, so other facts were considered too."),
        Rule.VARIANT: _("The name is printed in another form. Other facts show that it is the same person."),
        Rule.INITIALS: _("The byline has initials. This person fits far better than any other."),
        Rule.COMPANY: _(
            "The byline has initials. These works belong together, but nobody with a full name fits well enough."
        ),
        Rule.ALONE: _("The byline has initials, and nobody with a full name fits well enough."),
        Rule.KEPT: _("The work was assigned by name when it was imported. It has not been checked further yet."),
    }
    return str(sentences[why.rule])


def confidence(why: Why) -> str:
    """How sure, in words with the figure; "" where no figure was worked out."""
    if why.probability is None:
        return ""
    return _("%(chance)s %% sure") % {"chance": min(round(100 * why.probability), 99)}


def is_apart(why: Why) -> bool:
    """Whether the work is attributed to nobody known."""
    return why.zone is Zone.APART


def fact_text(code: str, values: Iterable[object]) -> str:
    """A fact of the closed list as a clause; "" for a code that a later version made."""
    given = list(values)
    if code == "wrote with" and given:
        return _wrote_with(given)
    if code == "same id" and given:
        schemes = ", ".join({"orcid": "ORCID", "openalex": "OpenAlex", "acl": "ACL"}.get(str(s), str(s)) for s in given)
        return _("same identifier (%(schemes)s)") % {"schemes": schemes}
    if code == "years apart" and given:
        years = int(str(given[0]))
        return ngettext("%(n)s year apart", "%(n)s years apart", years) % {"n": years}
    if code in ("rare name", "only bearer") and given:
        return (
            _("nobody else here has this name") if code == "rare name" else _("the only one here with this full name")
        )
    if code == "cites" and given:
        n = int(str(given[0]))
        return ngettext(
            "cites %(n)s of this person's works, or is cited",
            "cites %(n)s of this person's works, or is cited by them",
            n,
        ) % {"n": n}
    if code == "name" and given:
        return _(RELATIONS.get(str(given[0]), ""))
    return str(_plain().get(code, ""))


def _wrote_with(given: list[object]) -> str:
    count, people = int(str(given[0])), [str(name) for name in given[1:]]
    more = count - len(people)
    if not people:
        return ngettext("%(n)s common co-author", "%(n)s common co-authors", count) % {"n": count}
    names = ", ".join(people)
    if more <= 0:
        return _("wrote with %(names)s, as this person did elsewhere") % {"names": names}
    return ngettext(
        "wrote with %(names)s and %(n)s other with whom this person wrote elsewhere",
        "wrote with %(names)s and %(n)s others with whom this person wrote elsewhere",
        more,
    ) % {"names": names, "n": more}


def _plain() -> dict[str, str]:
    return {
        "no common co-author": _("no common co-author"),
        "same years": _("works of the same years"),
        "same subject": _("the subject is near"),
        "other subject": _("the subject is another"),
        "same venue": _("published in the same places"),
        "same place": _("the same institution"),
        "other place": _("another institution"),
        "rare name": _("the name is rare"),
        "common name": _("the name is common"),
        "only one": _("no other candidate fits as well"),
        "rivals": _("other candidates are possible"),
    }


def reasons_of(facts: tuple[Fact, ...]) -> list[Reason]:
    """Facts as clauses, without those that this version has no words for."""
    found = [Reason(fact_text(code, values), is_for) for code, is_for, values in facts]
    return [reason for reason in found if reason.text]
