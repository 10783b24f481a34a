"""Who takes part is called in order, with what happened."""

from common.hooks import Hook, TaskHook


def test_a_hook_calls_from_the_lowest_app_up_or_from_the_highest_down():
    for from_the_top, order in ((False, ["accounts", "profiles"]), (True, ["profiles", "accounts"])):
        hook: Hook[int, int] = Hook(from_the_top=from_the_top)
        hook.register("accounts", lambda n: n + 1)
        hook.register("profiles", lambda n: n + 2)
        assert [app for app, _answer in hook.answers(1)] == order
        assert dict(hook.answers(1)) == {"accounts": 2, "profiles": 3}


def test_an_app_takes_part_once():
    hook: Hook[int, None] = Hook()
    seen: list[int] = []
    hook.register("accounts", seen.append)
    hook.register("accounts", seen.append)
    hook.call(7)
    assert seen == [7]


def test_tasks_are_enqueued_or_run_in_order(monkeypatch):
    enqueued, ran = [], []
    monkeypatch.setattr("common.hooks.enqueue", enqueued.append)
    monkeypatch.setattr("common.hooks.run_here", ran.append)
    hook = TaskHook()
    hook.register("metrics", "metrics.refresh_changes")
    hook.register("search", "search.index_papers")
    hook.enqueue()
    hook.run_here()
    assert enqueued == ran == ["metrics.refresh_changes", "search.index_papers"]
