"""`manage.py check_graph_leaks --tries 10000`: does the graph ever show somebody who asked not to be listed?"""

from argparse import ArgumentParser

import numpy as np
from django.core.management.base import BaseCommand, CommandError

from graph.domain.leaks import tries
from graph.selectors.network import present_network


class Command(BaseCommand):
    help = "Check that hidden people appear in no view and no path of the graph."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tries", type=int, default=10_000)
        parser.add_argument("--hide", type=int, default=200, help="So many people are hidden for the trial, besides")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: object, **options: int) -> None:
        network = present_network()
        people = np.unique(network.reach("byline", np.arange(1, network.built["byline"].height)))
        rng = np.random.default_rng(options["seed"])
        chosen = rng.choice(people, min(options["hide"], len(people)), replace=False).astype(np.int64)
        hidden = np.union1d(chosen, network.unlisted)
        found = [
            line for lines in tries(network, hidden, count=options["tries"], seed=options["seed"]) for line in lines
        ]
        self.stdout.write(f"tries={options['tries']} hidden={len(hidden)} leaks={len(found)}")
        if found:
            raise CommandError("; ".join(found[:5]))
