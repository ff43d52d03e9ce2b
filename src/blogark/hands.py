"""Hands: threads that wait for the net, so many to a host, while the caller goes on."""

import queue
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Generic, Self, TypeVar

_TO_A_HOST = 4
_GRACE = 1.0  # seconds that calls under way have to end when the run is stopped

Result = TypeVar("Result")
_Work = queue.SimpleQueue[tuple[Future[Result], Callable[[], Result]] | None]


class Hands(Generic[Result]):
    """Up to four threads a host, each host with a queue. They die with the run: no stalled server holds up its end."""

    def __init__(self) -> None:
        self._queues: dict[str, _Work[Result]] = {}
        self._threads: Counter[str] = Counter()
        self._tasks: list[Future[Result]] = []

    def take(self, host: str, call: Callable[[], Result]) -> Future[Result]:
        """Have `call` made on a thread of that host; its result, or what it raised, is the future's."""
        task: Future[Result] = Future()
        self._tasks.append(task)
        work: _Work[Result] = self._queues.setdefault(host, queue.SimpleQueue())
        work.put((task, call))
        if self._threads[host] < _TO_A_HOST:
            self._threads[host] += 1
            threading.Thread(target=_serve, args=(work,), daemon=True).start()
        return task

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:
            wait([task for task in self._tasks if not task.cancel()], timeout=_GRACE)
        for host, count in self._threads.items():
            for _number in range(count):
                self._queues[host].put(None)


def _serve(work: _Work[Result]) -> None:
    while job := work.get():
        task, call = job
        if task.set_running_or_notify_cancel():
            try:
                task.set_result(call())
            except BaseException as error:
                task.set_exception(error)
