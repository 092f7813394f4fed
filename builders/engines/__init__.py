"""Engines: who makes the files of a build. All call the same `build_shard`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import pyarrow as pa

from gameqa.builders.recipe import Recipe
from gameqa.builders.shard_file import ShardPlan
from gameqa.builders.storage import Place
from gameqa.errors import unknown

ENGINES = ("local", "ray")


class Engine(Protocol):
    """Makes files of a build."""

    def __call__(
        self,
        recipe: Recipe,
        plans: Sequence[ShardPlan],
        place: Place,
        schema: pa.Schema,
        num_proc: int | None,
        progress: Callable[[int], object],
    ) -> None:
        """Make them all.

        Args:
            recipe: what the rows depend on.
            plans: the files.
            place: where the build is.
            schema: the Arrow schema of the 18 columns.
            num_proc: how many processes share the work; the engine decides when None.
            progress: called with numbers of rows as they are made.

        Raises:
            GameQAError: a process or machine was lost, a file cannot be written, or a row not made.
        """


def engine_of(name: str) -> Engine:
    """Return the engine of that name.

    Raises:
        GameQAError: there is none, or its package is not installed.
    """
    if name == "local":
        from gameqa.builders.engines.processes import build_shards
    elif name == "ray":
        from gameqa.builders.engines.ray_cluster import build_shards
    else:
        raise unknown("engine", name, ENGINES)
    return build_shards
