"""Tests with servers of their own share a worker; all others are handed out one by one."""

from tests.workers import SERVERS, ServersTogether, files_with_servers

FAULTS = "tests/metrics/faults/test_faults.py"


def test_tests_with_servers_of_their_own_share_a_worker():
    scope_of = ServersTogether._split_scope
    assert {FAULTS, "tests/portal/test_embedded.py"} <= files_with_servers()
    assert {scope_of(None, f"{file}::test_x[a@b]") for file in files_with_servers()} == {SERVERS}
    assert scope_of(None, "tests/common/test_text.py::test_x") == "tests/common/test_text.py::test_x"
