"""The kinds of targets: one line each, in the order in which pages list them."""

from collections.abc import Mapping

from following.targets.author import AUTHOR
from following.targets.base import TargetKind
from following.targets.institution import INSTITUTION
from following.targets.paper import PAPER
from following.targets.search import SEARCH
from following.targets.topic import TOPIC
from following.targets.venue import VENUE

TARGET_KINDS = (AUTHOR, TOPIC, INSTITUTION, VENUE, PAPER, SEARCH)

BY_NAME: Mapping[str, TargetKind] = {target.kind: target for target in TARGET_KINDS}
BY_LETTER: Mapping[str, TargetKind] = {target.letter: target for target in TARGET_KINDS}
FOLLOWABLE = tuple(BY_NAME)
