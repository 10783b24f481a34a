"""Quotas start small and grow with what is known of who somebody is."""

from collaborations.domain.quota import quota


def test_more_is_allowed_with_every_level_and_never_less_with_more_trust():
    by_level = [quota(level=level, trust=0).weekly for level in range(5)]
    assert by_level == sorted(by_level)
    assert by_level[0] == 1
    assert by_level[-1] == 10
    for level in range(5):
        by_trust = [quota(level=level, trust=trust).weekly for trust in range(101)]
        assert by_trust == sorted(by_trust)


def test_somebody_whom_curators_limit_may_send_none():
    assert quota(level=4, trust=100, is_at_limit=True).weekly == 0
