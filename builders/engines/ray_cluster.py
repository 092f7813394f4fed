"""Files of a build on a Ray cluster: tasks that are done again when a machine is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from gameqa.builders.extras import needs
from gameqa.builders.recipe import Recipe
from gameqa.builders.shard_file import ShardPlan, build_shard
from gameqa.builders.storage import Place
from gameqa.errors import GameQAError

MAX_RETRIES = 10
"""How often a file is begun again because the machine that made it was lost."""


def build_shards(
    recipe: Recipe,
    plans: Sequence[ShardPlan],
    place: Place,
    schema: pa.Schema,
    num_proc: int | None,
    progress: Callable[[int], object],
) -> None:
    """Make files as tasks of a Ray cluster, of one CPU each; see `Engine`.

    The cluster is the one that the process is connected to, or that of the variable RAY_ADDRESS,
    or one of this machine alone. Every machine needs gameqa, of the same version, and must reach
    the place: a shared folder or a URL.

    Args:
        recipe: what the rows depend on.
        plans: the files.
        place: where the build is.
        schema: the Arrow schema of the 18 columns.
        num_proc: how many tasks run at once at most; as many as the cluster has CPUs when None.
        progress: called with the number of rows of each finished file.

    Raises:
        GameQAError: Ray is not installed or no cluster answers, a file cannot be written, or a row
            cannot be made.
    """
    if place.own_memory:
        raise GameQAError(f"{place} is in the memory of one process: the cluster cannot reach it.")
    with needs("ray", "Builds on a cluster"):
        import ray
    try:
        if not ray.is_initialized():
            ray.init(log_to_driver=False)
    except (ConnectionError, ValueError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise GameQAError(f"Ray does not start: {reason}") from error
    shared = ray.put((recipe, place, schema))
    task = ray.remote(max_retries=MAX_RETRIES)(_build)
    limit = num_proc or len(plans)
    todo = list(reversed(plans))
    running: dict[Any, ShardPlan] = {}
    try:
        while todo or running:
            while todo and len(running) < limit:
                plan = todo.pop()
                running[task.remote(shared, plan)] = plan
            done, _ = ray.wait(list(running), num_returns=1)
            for reference in done:
                plan = running.pop(reference)
                ray.get(reference)
                progress(len(plan.rows))
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, GameQAError):
            raise error.cause from error
        raise
    except ray.exceptions.RayError as error:
        reason = str(error).strip().splitlines()[0]
        raise GameQAError(
            f"The Ray cluster lost the work: {reason} Run the same command again to go on."
        ) from error
    finally:
        for reference in running:
            ray.cancel(reference)


def _build(shared: tuple[Recipe, Place, pa.Schema], plan: ShardPlan) -> None:
    recipe, place, schema = shared
    build_shard(recipe, plan, place, schema)
