"""Every registered game passes every check; a new game is found here by itself."""

from __future__ import annotations

import os
from typing import Any

import pytest

from gameqa.game import Game
from gameqa.registry import all_games
from gameqa.testing import CHECKS

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))


@pytest.mark.parametrize("game", all_games(), ids=lambda game: game.slug)
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_conformance(check: Any, game: Game[Any, Any]) -> None:
    check(game, SAMPLES)
