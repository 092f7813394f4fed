"""The registry: which games there are, built in or brought by other packages.

Adding a game is one line here; another package adds its own by an entry point in the group
``gameqa.games`` whose value names a `gameqa.game.Game` instance, as here.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from functools import cache
from typing import Any

from gameqa.errors import GameQAError, unknown
from gameqa.game import Game

ENTRY_POINT_GROUP = "gameqa.games"

_BUILT_IN = {
    "chess_ranger": "gameqa.games.chess_ranger:GAME",
    "color_hue": "gameqa.games.color_hue:GAME",
    "freecell": "gameqa.games.freecell:GAME",
    "jewel2": "gameqa.games.jewel2:GAME",
    "klondike": "gameqa.games.klondike:GAME",
    "langtons_ant": "gameqa.games.langtons_ant:GAME",
    "lifegame": "gameqa.games.lifegame:GAME",
    "maze": "gameqa.games.maze:GAME",
    "maze_3d": "gameqa.games.maze_3d:GAME",
    "minecraft": "gameqa.games.minecraft:GAME",
    "minesweeper": "gameqa.games.minesweeper:GAME",
    "pacman": "gameqa.games.pacman:GAME",
    "pyramid_chess": "gameqa.games.pyramid_chess:GAME",
    "reconstruction_3d": "gameqa.games.reconstruction_3d:GAME",
    "rhythm_game": "gameqa.games.rhythm_game:GAME",
    "rubiks_cube": "gameqa.games.rubiks_cube:GAME",
    "snake": "gameqa.games.snake:GAME",
    "sokoban": "gameqa.games.sokoban:GAME",
    "space_invaders": "gameqa.games.space_invaders:GAME",
    "spider_solitaire": "gameqa.games.spider_solitaire:GAME",
    "star_battle": "gameqa.games.star_battle:GAME",
    "sudoku": "gameqa.games.sudoku:GAME",
    "tangram": "gameqa.games.tangram:GAME",
    "tents": "gameqa.games.tents:GAME",
    "tetris": "gameqa.games.tetris:GAME",
    "tictactoe": "gameqa.games.tictactoe:GAME",
    "turing_machine_2d": "gameqa.games.turing_machine_2d:GAME",
    "ultra_tictactoe": "gameqa.games.ultra_tictactoe:GAME",
    "word_search": "gameqa.games.word_search:GAME",
    "zuma": "gameqa.games.zuma:GAME",
}


def list_games() -> list[str]:
    """Return the slugs of all registered games, sorted."""
    return sorted(_locations())


def get_game(name: str) -> Game[Any, Any]:
    """Return the game of that slug or alias; case, blanks, hyphens and underscores do not matter.

    Raises:
        GameQAError: there is no such game, or its package cannot be imported.
    """
    locations = _BUILT_IN if name in _BUILT_IN else _locations()
    slug = _fold(name)
    if slug in locations:
        return _load(slug, locations[slug])
    for other, location in locations.items():
        game = _load(other, location)
        if slug in map(_fold, game.aliases):
            return game
    raise unknown("game", name, sorted(locations))


def all_games() -> list[Game[Any, Any]]:
    """Return all registered games, sorted by slug."""
    return [get_game(slug) for slug in list_games()]


def _fold(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")


@cache
def _locations() -> dict[str, str]:
    locations = dict(_BUILT_IN)
    for point in importlib.metadata.entry_points(group=ENTRY_POINT_GROUP):
        if point.name in locations:
            raise GameQAError(
                f"Entry point {point.value!r} names its game {point.name!r}, which is taken by "
                f"{locations[point.name]!r}; choose another name."
            )
        locations[point.name] = point.value
    return locations


@cache
def _load(slug: str, location: str) -> Game[Any, Any]:
    module, _, attribute = location.partition(":")
    try:
        game = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise GameQAError(f"Game {slug!r} cannot be loaded from {location!r}: {error}.") from error
    if not isinstance(game, Game) or game.slug != slug:
        raise GameQAError(f"{location!r} is registered as {slug!r} but is {game!r}.")
    return game
