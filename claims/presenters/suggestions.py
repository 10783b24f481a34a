"""Why a record may be the reader's, in a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.selectors.suggestions import Reason


def reason_text(reason: Reason) -> str:
    match reason.code:
        case "orcid":
            return _("The record has your ORCID iD")
        case "same_name":
            return _("It has your name")
        case "like_name":
            return _("Possible match: “%(name)s”") % {"name": reason.name}
        case "address":
            return _("Its papers name %(affiliation)s, where you have an address") % {"affiliation": reason.name}
        case "people":
            text = ngettext(
                "It shares %(count)s co-author with a record of yours",
                "It shares %(count)s co-authors with a record of yours",
                reason.number,
            )
            return text % {"count": reason.number}
