"""How a name stands on a byline."""

from django.db.models import Case, F, When


def shown_name() -> Case:
    """The name as printed; the present one of a person who keeps earlier names private. For `Authorship` rows."""
    return Case(When(author__has_private_names=True, then=F("author__name")), default=F("printed_name"))
