"""Which of pytest-xdist's workers runs which test."""

from functools import cache

from xdist.scheduler import LoadGroupScheduling

from tests.house.sources import ROOT

SERVERS = "servers"


class ServersTogether(LoadGroupScheduling):
    """Tests of files that start servers of their own go to one worker, so that they do not fight for the machine.

    xdist's own groups (`xdist_group`) are ignored without a word under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return SERVERS if nodeid.partition("::")[0] in files_with_servers() else nodeid


@cache
def files_with_servers() -> frozenset[str]:
    files = (ROOT / "tests").rglob("test_*.py")
    return frozenset(str(file.relative_to(ROOT)) for file in files if "pytest.mark.servers" in file.read_text())
