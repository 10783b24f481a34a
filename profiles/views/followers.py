"""Who follows an author, as far as its owner may know."""

from django.http import HttpRequest, HttpResponse

from following.selectors.follows import known_followers
from papers.models import Author
from profiles.views.owned import owner_page, section


@owner_page("GET", "HEAD")
def edit_followers(request: HttpRequest, author: Author) -> HttpResponse:
    """How many, and the names of those who let themselves be seen."""
    return section(request, author, "edit_followers", {"known": known_followers(author.pk)})
