"""Whose request runs next: a few at once, addresses in rotation, and no address more than half of the places."""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable

from portal.front.limits import Limits


class Turns:
    """Requests that run and requests that wait, by address."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.running: Counter[str] = Counter()
        self.waiting: OrderedDict[str, deque[Callable[[], None]]] = OrderedDict()

    def ask(self, address: str, start: Callable[[], None]) -> bool:
        """Call `start` now or when it is this address's turn; False when too many of its requests wait already."""
        queue = self.waiting.setdefault(address, deque())
        if len(queue) >= self.limits.waiting_per_address:
            return False
        queue.append(start)
        self._start_next()
        return True

    def withdraw(self, address: str, start: Callable[[], None]) -> None:
        """Forget a request that still waits; one that runs is ended by `done` alone."""
        queue = self.waiting.get(address)
        if queue is not None and start in queue:
            queue.remove(start)
            if not queue:
                del self.waiting[address]

    def done(self, address: str) -> None:
        """A request of this address has left the application."""
        self.running[address] -= 1
        if self.running[address] <= 0:
            del self.running[address]
        self._start_next()

    def _start_next(self) -> None:
        while self.running.total() < self.limits.slots:
            address = next((a for a in self.waiting if self.running[a] < self.limits.slots_per_address), None)
            if address is None:
                return
            queue = self.waiting[address]
            start = queue.popleft()
            if queue:
                self.waiting.move_to_end(address)
            else:
                del self.waiting[address]
            self.running[address] += 1
            start()
