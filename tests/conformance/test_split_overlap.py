"""No picture of one split in another, over thousands of rows of every game."""

from __future__ import annotations

import hashlib
import os
from typing import Any

import pytest

import gameqa
from gameqa.game import Game
from gameqa.registry import all_games
from gameqa.sample import Split

ROWS = int(os.environ.get("GAMEQA_SPLIT_ROWS", "5000"))


@pytest.mark.deep
@pytest.mark.parametrize("game", all_games(), ids=lambda game: game.slug)
def test_splits_share_no_picture(game: Game[Any, Any]) -> None:
    """Catches a split key that leaves out something that the picture shows."""
    pictures: dict[Split, set[bytes]] = {}
    for split in Split:
        digests = set()
        for index in range(ROWS):
            picture = gameqa.sample(game, split=split, index=index).picture
            assert picture is not None
            # Indices and palette tell pictures apart as well as RGB pixels do, and far sooner.
            content = f"{picture.size}".encode() + picture.palette.tobytes()
            content += picture.indices.tobytes()
            digests.add(hashlib.blake2b(content, digest_size=16).digest())
        pictures[split] = digests
    overlaps = {
        (one.value, other.value): len(pictures[one] & pictures[other])
        for one in Split
        for other in Split
        if one < other
    }
    print(f"{game.slug}: {', '.join(f'{s.value} {len(d)}' for s, d in pictures.items())} distinct")
    assert not any(overlaps.values()), overlaps
