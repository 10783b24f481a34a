"""Why somebody is a candidate for working together, in a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from collaborations.selectors.people import Reason


def reason_text(reason: Reason) -> str:
    names = {"names": reason.names}
    match reason.code:
        case "topics":
            return _("Works on the same topics: %(names)s.") % names
        case "field":
            return _("Works in the same field: %(names)s.") % names
        case "abstracts":
            return _("Recent abstracts are similar to yours.")
        case "joint_works":
            text = ngettext("You wrote %(count)s work together.", "You wrote %(count)s works together.", reason.number)
            return text % {"count": reason.number}
        case "people":
            return _("You both wrote with %(names)s.") % names
        case "new_topics":
            return _("Brings topics that you have not written on: %(names)s.") % names
        case "institution":
            return _("At the same institution: %(names)s.") % names
