"""`manage.py build_graph`: the files of the research graph, made now."""

from django.core.management.base import BaseCommand

from common import clock
from graph.services.building import build_network


class Command(BaseCommand):
    help = "Build the files of the research graph and bring them into use."

    def handle(self, *args: object, **options: object) -> None:
        done = build_network(now=clock.now())
        self.stdout.write(
            f"version={done.version} pairs={done.pairs} reading={done.reading:.1f} seconds={done.seconds:.1f}"
        )
