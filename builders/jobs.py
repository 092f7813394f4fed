"""Which share of a build is this job's: by numbers, or by what a scheduler tells its jobs."""

from __future__ import annotations

import os
from collections.abc import Mapping

from gameqa.builders.build import Share
from gameqa.errors import GameQAError

AUTO = "auto"

_LOOKED_FOR = (
    "SLURM_ARRAY_TASK_ID (a Slurm array), RANK and WORLD_SIZE (torchrun, MPI), "
    "JOB_COMPLETION_INDEX (an indexed job of Kubernetes, with --num-shards)"
)


def read_share(
    shard: str | None, num_shards: int | None, environment: Mapping[str, str] | None = None
) -> Share | None:
    """Return the share that --shard and --num-shards ask for; None for everything.

    Args:
        shard: a number from 0, or "auto" for what the scheduler says.
        num_shards: how many jobs there are; of "auto", what the scheduler says when None.
        environment: the variables of the scheduler; those of this process when None.

    Raises:
        GameQAError: a number is missing, none, or out of range.
    """
    if shard is None:
        if num_shards is not None:
            raise GameQAError("--num-shards needs --shard: a number from 0, or auto.")
        return None
    if shard == AUTO:
        number, of = _of_scheduler(os.environ if environment is None else environment)
        of = num_shards if num_shards is not None else of
        if of is None:
            raise GameQAError(
                "--shard auto: the scheduler tells the number of this job but not how many there "
                "are; add --num-shards."
            )
    else:
        number = _number("--shard", shard)
        if num_shards is None:
            raise GameQAError(f"--shard {shard} needs --num-shards: how many jobs there are.")
        of = num_shards
    if not 0 <= number < of:
        raise GameQAError(
            f"Shard {number} of {of}: shards are counted from 0, so the last one is {of - 1}."
        )
    return Share(number, of)


def _of_scheduler(environment: Mapping[str, str]) -> tuple[int, int | None]:
    def variable(name: str) -> int | None:
        return _number(name, environment[name]) if environment.get(name) else None

    number = variable("SLURM_ARRAY_TASK_ID")
    if number is not None:
        # An array need not begin at 0, nor count by ones: --array=1-64, --array=0-62:2
        step = variable("SLURM_ARRAY_TASK_STEP") or 1
        number = (number - (variable("SLURM_ARRAY_TASK_MIN") or 0)) // step
        return number, variable("SLURM_ARRAY_TASK_COUNT")
    number = variable("RANK")
    if number is not None:
        return number, variable("WORLD_SIZE")
    number = variable("JOB_COMPLETION_INDEX")
    if number is not None:
        return number, None
    raise GameQAError(
        f"--shard auto: no scheduler tells which job this is. Looked for {_LOOKED_FOR}."
    )


def _number(name: str, text: str) -> int:
    if not text.isdecimal():
        raise GameQAError(f"{name} is {text!r}; it must be a whole number of at least 0.")
    return int(text)
