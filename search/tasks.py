from celery import shared_task

from common import clock
from search.services.indexing import index_waiting_papers
from search.services.spelling_names import respell_names
from search.services.terms import refresh_terms


@shared_task(name="search.index_papers", soft_time_limit=240, time_limit=280)
def index_papers() -> int:
    """Index up to 100,000 waiting papers; the sweep comes back for the rest."""
    return index_waiting_papers(at_most=100_000)


@shared_task(name="search.respell_names", soft_time_limit=100, time_limit=120)
def respell_names_again() -> int:
    """Look at up to 50,000 names that the present rules have not seen; none in most minutes of a portal's life."""
    return respell_names(at_most=50_000, now=clock.now())


@shared_task(name="search.refresh_terms", soft_time_limit=240, time_limit=280)
def refresh_terms_again() -> int:
    """Count the words of the record anew where it has grown or a day has passed."""
    return refresh_terms(now=clock.now())
