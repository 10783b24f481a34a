from celery import shared_task

from search.services.indexing import index_waiting_papers


@shared_task(name="search.index_papers", soft_time_limit=240, time_limit=280)
def index_papers() -> int:
    """Index up to 100,000 waiting papers; the sweep comes back for the rest."""
    return index_waiting_papers(at_most=100_000)
