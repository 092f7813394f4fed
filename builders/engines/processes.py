"""Many files of a build at once: processes that report progress and never outlive their parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import Any

import pyarrow as pa

from gameqa.builders.recipe import Recipe
from gameqa.builders.shard_file import ShardPlan, build_shard
from gameqa.builders.storage import Place
from gameqa.errors import GameQAError

_SECONDS_BETWEEN_REPORTS = 0.1


def build_shards(
    recipe: Recipe,
    plans: Sequence[ShardPlan],
    place: Place,
    schema: pa.Schema,
    num_proc: int | None,
    progress: Callable[[int], object],
) -> None:
    """Make files in that many processes of this machine, one when None; see `Engine`.

    Raises:
        GameQAError: a process died, a file cannot be written, or a row cannot be made.
    """
    processes = min(num_proc or 1, len(plans))
    if processes > 1 and place.own_memory:
        raise GameQAError(f"{place} is in the memory of one process: build it with --num-proc 1.")
    if processes < 2:
        for plan in plans:
            build_shard(recipe, plan, place, schema, progress)
        return
    # Fresh processes: a forked one may inherit a lock that a thread of Arrow holds.
    context = multiprocessing.get_context("spawn")
    made = context.Value("Q")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_start, initargs=(made,))
    try:
        futures = [pool.submit(_build, recipe, plan, place, schema) for plan in plans]
        _watch(futures, made, progress)
    except BrokenProcessPool as error:
        raise GameQAError(
            "A worker process was killed, perhaps for want of memory: run the same command again "
            "to go on, with fewer processes if need be."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _watch(futures: list[Future[None]], made: Any, progress: Callable[[int], object]) -> None:
    told = 0
    waiting = set(futures)
    while waiting:
        done, waiting = wait(waiting, _SECONDS_BETWEEN_REPORTS, FIRST_EXCEPTION)
        now = made.value
        progress(now - told)
        told = now
        for future in done:
            future.result()


_made: Any = None  # in a worker: the counter that it shares with its parent


def _start(made: Any) -> None:
    global _made
    _made = made
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and ends the pool
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when its parent is gone; a killed parent cannot tell it to."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _build(recipe: Recipe, plan: ShardPlan, place: Place, schema: pa.Schema) -> None:
    build_shard(recipe, plan, place, schema, _count)


def _count(rows: int) -> None:
    with _made.get_lock():
        _made.value += rows
