"""Texts and pixels stay what they are until a game's version says otherwise.

``golden.json`` holds a digest for each of our games and the version it belongs to. Changed on
purpose: raise the game's version, then run ``make golden`` and commit both.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gameqa.game import Game
from gameqa.registry import all_games
from gameqa.testing import digest

GOLDEN = Path(__file__).with_name("golden.json")
GAMES = [game for game in all_games() if type(game).__module__.startswith("gameqa.games.")]


@pytest.mark.parametrize("game", GAMES, ids=lambda game: game.slug)
def test_output_is_pinned(game: Game[Any, Any]) -> None:
    """Catches an output that changed by accident, and a change without a new version."""
    pinned = json.loads(GOLDEN.read_text()).get(game.slug)
    assert pinned is not None, f"{game.slug} is not in {GOLDEN.name}: run `make golden`"
    assert pinned["version"] == game.version, f"{game.slug} has a new version: run `make golden`"
    assert pinned["digest"] == digest(game), (
        f"{game.slug} makes other samples than version {game.version} did: "
        "mend it, or raise its version and run `make golden`"
    )


def write() -> None:
    """Pin the present output of every game; refuses a changed output under an old version."""
    old = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    new = {game.slug: {"version": game.version, "digest": digest(game)} for game in GAMES}
    for slug, entry in new.items():
        known = old.get(slug, entry)
        if known["version"] == entry["version"] and known["digest"] != entry["digest"]:
            raise SystemExit(f"{slug} changed: raise its version above {entry['version']} first")
    GOLDEN.write_text(json.dumps(new, indent=1) + "\n")


if __name__ == "__main__":
    write()
