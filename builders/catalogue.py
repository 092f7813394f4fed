"""Which configs there are, which games each holds, and how many rows each has by default."""

from __future__ import annotations

from typing import Any

from gameqa.errors import GameQAError, unknown
from gameqa.game import Game
from gameqa.registry import all_games, get_game, list_games
from gameqa.sample import Category, Domain

ALL = "all"
IN_DOMAIN = "in_domain"
OUT_OF_DOMAIN = "out_of_domain"

_CATEGORIES = {category.slug: category for category in Category}
_WIDE = (IN_DOMAIN, OUT_OF_DOMAIN, ALL)

_GAME_SIZES = (1_000, 200, 200)
_CATEGORY_SIZES = (5_000, 1_000, 1_000)
_WIDE_SIZES = (20_000, 2_000, 2_000)


def config_names() -> list[str]:
    """Return the names of all configs: games, categories, domains, everything.

    Only the registry's list is read; no game is imported.

    Raises:
        GameQAError: another package registered a game under the name of a group of games.
    """
    games = list_games()
    groups = group_names()
    for slug in games:
        if slug in groups:
            raise GameQAError(f"A game is registered as {slug!r}, which names a group of games.")
    return [*games, *groups]


def group_names() -> list[str]:
    """Return the names of the configs that hold several games: categories, domains, everything."""
    return [*_CATEGORIES, *_WIDE]


def canonical_name(name: object) -> str:
    """Return the config's name; case, blanks, hyphens and underscores do not matter.

    Raises:
        GameQAError: there is no config, and no game with an alias, of that name.
    """
    names = config_names()
    folded = _fold(str(name))
    if folded in names:
        return folded
    for game in all_games():
        if folded in map(_fold, game.aliases):
            return game.slug
    raise unknown("config", name, names)


def games_of(config: str) -> list[Game[Any, Any]]:
    """Return the games of a config, sorted by slug: of ``all``, those in domain."""
    if config in _CATEGORIES:
        return [game for game in all_games() if game.category is _CATEGORIES[config]]
    if config == OUT_OF_DOMAIN:
        return held_out_games()
    if config in _WIDE:
        return [game for game in all_games() if game.domain is Domain.IN]
    return [get_game(config)]


def held_out_games() -> list[Game[Any, Any]]:
    """Return the games out of domain, sorted by slug."""
    return [game for game in all_games() if game.domain is Domain.OUT]


def default_sizes(config: str) -> tuple[int, int, int]:
    """Return how many rows train, validation and test have unless asked otherwise."""
    if config in _WIDE:
        return _WIDE_SIZES
    return _CATEGORY_SIZES if config in _CATEGORIES else _GAME_SIZES


def _fold(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")
