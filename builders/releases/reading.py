"""From a recipe in YAML to a `Release`: every key and value checked, errors of one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml

from gameqa import engine
from gameqa.api import whole_number
from gameqa.builders import arguments, catalogue
from gameqa.builders.encoder import read_encoder
from gameqa.builders.recipe import Recipe
from gameqa.builders.releases.release import EVEN, Release, Shares, Size, SplitPlan, make_splits
from gameqa.builders.shard_file import SHARD_ROWS
from gameqa.errors import GameQAError, unknown
from gameqa.game import Game
from gameqa.registry import all_games
from gameqa.sample import Form, Level, Modality, Split

T = TypeVar("T")

SUFFIXES = (".yaml", ".yml")

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}")

_KEYS = (
    "name",
    "title",
    "description",
    "games",
    "tasks",
    "plot_level",
    "qa_level",
    "splits",
    "seed",
    "style",
    "modality",
    "answer_format",
    "min_pixels",
    "png_encoder",
    "shard_rows",
)
_SPLIT_KEYS = ("rows", "per_task", "games")


def list_releases() -> list[str]:
    """Return the names of the recipes that ship with gameqa, sorted."""
    names = (entry.name for entry in files(__package__).iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def recipe_text(name: str) -> str:
    """Return the YAML of a recipe: one that ships with gameqa, or a file of one's own.

    Raises:
        GameQAError: there is no such recipe, or the file cannot be read.
    """
    if name in list_releases():
        return (files(__package__) / f"{name}.yaml").read_text(encoding="utf-8")
    if not is_file_name(name):
        raise unknown("recipe", name, list_releases())
    try:
        return Path(name).read_text(encoding="utf-8")
    except OSError as error:
        raise GameQAError(f"Cannot read the recipe {name}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise GameQAError(f"Cannot read the recipe {name}: it is no text in UTF-8.") from error


def is_file_name(name: str) -> bool:
    """Return whether a name means a recipe file, rather than a release or config."""
    return name.endswith(SUFFIXES) or "/" in name


def read_release(name: str, scale: float = 1.0) -> Release:
    """Read a recipe.

    >>> read_release("gameqa-140k", scale=0.01).recipe.split("train", "sokoban").rows

    Args:
        name: one that ships with gameqa, or the path of a YAML file.
        scale: what the sizes of all splits are multiplied by, to try a release in small.

    Raises:
        GameQAError: there is no such recipe, or a key or value in it is wrong.
    """
    if not 0 < scale <= 1:
        raise GameQAError(f"scale is {scale}; it must be above 0 and at most 1.")
    text = recipe_text(name)
    file = name if is_file_name(name) else f"{name}.yaml"
    return _read(_Section(file, "", _parse(file, text), _KEYS), scale, text)


class _Section:
    """A mapping of the file, and where it stands there."""

    def __init__(self, file: str, path: str, content: object, keys: tuple[str, ...]) -> None:
        self.file = file
        self.path = path
        if not isinstance(content, dict):
            raise GameQAError(f"{file}: {path or 'a recipe'} must be a mapping of {_list(keys)}.")
        for key in content:
            if key not in keys:
                raise GameQAError(f"{self._at()}{unknown('key', key, keys)}")
        self.content: dict[str, Any] = content

    def _at(self, key: str = "") -> str:
        where = ".".join(part for part in (self.path, key) if part)
        return f"{self.file}: {where}: " if where else f"{self.file}: "

    def __contains__(self, key: str) -> bool:
        return key in self.content

    def get(self, key: str, read: Callable[[Any], T], default: Any = None) -> T:
        """Return what ``read`` makes of the value, or of the default where there is none.

        Raises:
            GameQAError: the value is wrong; the message tells the file and the key.
        """
        try:
            return read(self.content.get(key, default))
        except GameQAError as error:
            raise GameQAError(f"{self._at(key)}{error}") from error

    def section(self, key: str, keys: tuple[str, ...]) -> _Section:
        """Return the mapping that stands under a key."""
        path = ".".join(part for part in (self.path, key) if part)
        return _Section(self.file, path, self.content.get(key), keys)

    def fail(self, message: str, key: str = "") -> GameQAError:
        """Return an error about this section, or about a key of it."""
        return GameQAError(f"{self._at(key)}{message}")


def _read(top: _Section, scale: float, text: str) -> Release:
    for key in ("name", "splits"):
        if key not in top:
            raise top.fail(f"the key {key} is missing.")
    name = top.get("name", _read_name)
    games = top.get("games", _read_games, catalogue.ALL)
    shares = {option: top.get(option, _read_shares) for option in ("plot_level", "qa_level")}
    seed = top.get("seed", arguments.read_seed, 0)
    modality = top.get("modality", Modality.parse, "image")
    sizes = top.section("splits", tuple(split.value for split in Split))
    plans = [_read_split(sizes, split, games) for split in Split if split.value in sizes]
    if not plans:
        raise top.fail("there must be at least one split.", "splits")
    plans = [SplitPlan(plan.split, plan.games, plan.size.scaled(scale)) for plan in plans]
    tasks = top.content.get("tasks")
    splits = top.get(
        "tasks" if tasks is not None else "splits",
        lambda _: make_splits(plans, tasks, shares["plot_level"], shares["qa_level"], seed, name),
    )
    recipe = Recipe(
        config=name,
        splits=splits,
        seed=seed,
        style=top.get("style", arguments.read_style, "classic"),
        answer_format=top.get("answer_format", Form.parse, "choice"),
        modality=modality,
        min_pixels=top.get("min_pixels", arguments.read_min_pixels, engine.MIN_PIXELS),
        png_encoder=_read_pinned(top, modality),
        shares=tuple((option, tuple(of.items())) for option, of in shares.items() if of != EVEN),
    )
    title = top.get("title", _read_text, name)
    description = top.get("description", _read_text, "")
    shard_rows = top.get("shard_rows", partial(whole_number, "shard_rows", least=1), SHARD_ROWS)
    return Release(name, title, description, recipe, shard_rows, text)


def _read_split(splits: _Section, split: Split, games: tuple[Game[Any, Any], ...]) -> SplitPlan:
    value = splits.content[split.value]
    if not isinstance(value, dict):
        rows = splits.get(split.value, partial(whole_number, "the number of rows", least=1))
        return SplitPlan(split, games, Size(rows=rows))
    section = splits.section(split.value, _SPLIT_KEYS)
    if ("rows" in section) == ("per_task" in section):
        raise section.fail("give either rows or per_task.")
    numbers = {
        key: section.get(key, partial(whole_number, key, least=1))
        for key in ("rows", "per_task")
        if key in section
    }
    own = section.get("games", _read_games) if "games" in section else games
    return SplitPlan(split, own, Size(**numbers))


def _read_pinned(top: _Section, modality: Modality) -> str:
    if "png_encoder" not in top:
        return ""
    if modality is Modality.TEXT:
        raise top.fail("a release in text has no pictures: leave it out.", "png_encoder")
    return top.get("png_encoder", read_encoder)


def _read_name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise GameQAError(
            f"{value!r} is no name: it is made of letters, digits, '-', '_' and '.', at most 96, "
            "and begins with a letter or digit."
        )
    return value


def _read_text(value: object) -> str:
    if not isinstance(value, str):
        raise GameQAError(f"{value!r} must be a text.")
    return " ".join(value.split())


def _read_games(value: object) -> tuple[Game[Any, Any], ...]:
    """Return the games of names of games and groups; here "all" is all, held-out ones included."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names:
        raise GameQAError(f"{value!r} must be the name of a game or group, or a list of such.")
    slugs: set[str] = set()
    for name in names:
        config = catalogue.canonical_name(name)
        slugs.update(game.slug for game in catalogue.games_of(config))
        if config == catalogue.ALL:
            slugs.update(game.slug for game in catalogue.held_out_games())
    return tuple(game for game in all_games() if game.slug in slugs)


def _read_shares(value: object) -> Shares:
    """Return the share of each level: of a level, of a list of levels, or of a mapping."""
    if not isinstance(value, Mapping):
        levels = arguments.read_levels(value)
        return EVEN if levels is None else dict.fromkeys(levels, 1)
    shares = {Level.parse(level): _read_share(level, share) for level, share in value.items()}
    if not any(shares.values()):
        raise GameQAError("every share is 0: nothing is left.")
    return {level: shares[level] for level in Level if shares.get(level)}


def _read_share(level: object, share: object) -> int:
    number = whole_number(f"the share of {level}", share, 0)
    if number > 100:
        raise GameQAError(f"the share of {level} is {number}; it must be at most 100.")
    return number


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """YAML without tags and without keys that stand twice, of which one would be lost."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key!r} stands twice", problem_mark=node.start_mark
                )
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


def _parse(file: str, text: str) -> object:
    try:
        return yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or "it is no YAML"
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 1})" if mark is not None else ""
        raise GameQAError(f"{file}: {problem}{line}.") from error


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(names)
