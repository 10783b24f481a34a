"""manage.py join_venues: venues that their names say to be one, under one."""

from django.core.management.base import BaseCommand

from common import clock
from papers.services.venue_merges import join_venues


class Command(BaseCommand):
    help = "Merges venues that are issues, years or spellings of one; each merge can be undone in the admin."

    def handle(self, **_options: object) -> None:
        self.stdout.write(f"merged={join_venues(now=clock.now())}")
