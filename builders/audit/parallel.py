"""One function over many items, in as many processes as asked for."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from gameqa.errors import GameQAError

T = TypeVar("T")
R = TypeVar("R")


def each(function: Callable[[T], R], items: Sequence[T], num_proc: int) -> Iterator[tuple[T, R]]:
    """Yield each item with its result, in the order of the items.

    Args:
        function: a function of a module, so that it can be sent to a process.
        items: what it is called with.
        num_proc: how many processes share the work; 1 is this one.

    Raises:
        GameQAError: a process died.
    """
    if num_proc == 1 or len(items) < 2:
        for item in items:
            yield item, function(item)
        return
    # Fresh processes: a forked one may inherit a lock that a thread holds.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        min(num_proc, len(items)), mp_context=context, initializer=_ignore_interrupt
    )
    try:
        futures: dict[Future[R], int] = {
            pool.submit(function, item): number for number, item in enumerate(items)
        }
        done: dict[int, R] = {}
        following = 0
        for future in as_completed(futures):
            done[futures.pop(future)] = future.result()
            while following in done:
                yield items[following], done.pop(following)
                following += 1
    except BrokenProcessPool as error:
        raise GameQAError(
            "A worker process was killed, perhaps for want of memory: run it again with fewer."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends the pool
