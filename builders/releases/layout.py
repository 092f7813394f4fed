"""Which configs a built dataset has, and which of its files belong to each.

A release keeps the rows of a game together, ``data/<game>/<split>-00000-of-00003.parquet``, so that
a config is a set of files and no row is stored twice. The default config lists the files shard by
shard (the first file of every game, then the second ...), so that a stream of it does not spend its
first hours in one game.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from gameqa.builders import catalogue

if TYPE_CHECKING:
    from gameqa.builders.shard_file import ShardPlan

DEFAULT = "default"
"""The config that holds every row; it comes first."""

Configs = dict[str, dict[str, list[str]]]
"""Of each config, of each split, the patterns of its files, relative to the manifest."""


def configs_of(manifest: Mapping[str, Any]) -> Configs:
    """Return the configs of a built dataset, from its manifest.

    The first is the default one. Patterns are as `datasets` reads them in a card's ``configs:``,
    relative to the folder of the manifest, to be kept in this order.

    >>> configs_of(manifest)["sokoban"]
    {"train": ["data/sokoban/train-*.parquet"], "test": ["data/sokoban/test-*.parquet"]}

    Args:
        manifest: the content of ``manifest.json``.
    """
    configs: Configs = manifest["configs"]
    return {name: {split: list(of) for split, of in s.items()} for name, s in configs.items()}


def plan_configs(plans: Iterable[ShardPlan]) -> Configs:
    """Return the configs of a dataset whose files are planned so, empty ones left out."""
    plans = list(plans)
    games = list(dict.fromkeys(plan.game for plan in plans if plan.game))
    splits = list(dict.fromkeys(plan.split for plan in plans))
    if not games:
        return {DEFAULT: {split: [f"data/{split}-*.parquet"] for split in splits}}
    has = {(plan.game, plan.split) for plan in plans}

    def config(of: Iterable[str]) -> dict[str, list[str]]:
        chosen = list(of)
        files = {
            split: [f"data/{g}/{split}-*.parquet" for g in chosen if (g, split) in has]
            for split in splits
        }
        return {split: patterns for split, patterns in files.items() if patterns}

    rounds = {split: 1 + max(p.number for p in plans if p.split == split) for split in splits}
    configs: Configs = {
        DEFAULT: {
            split: [f"data/*/{split}-{number:05d}-of-*.parquet" for number in range(rounds[split])]
            for split in splits
        }
    }
    for group in catalogue.group_names():
        if group != catalogue.ALL:
            slugs = {game.slug for game in catalogue.games_of(group)}
            configs[group] = config(game for game in games if game in slugs)
    for game in games:
        configs[game] = config([game])
    return {name: of for name, of in configs.items() if of}


def card_head(configs: Configs) -> str:
    """Return the head of a card that tells `datasets` the configs: all that loading needs."""
    lines = ["---", "configs:"]
    for name, splits in configs.items():
        lines += [f"- config_name: {name}", "  data_files:"]
        for split, patterns in splits.items():
            lines += [f"  - split: {split}", "    path:", *(f"    - {path}" for path in patterns)]
    return "\n".join([*lines, "---", ""])
