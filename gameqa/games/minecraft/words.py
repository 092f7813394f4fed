"""The scene as text, and words that questions and analyses share."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence

from gameqa.games.minecraft.rules import BLOCKS, Cell, Ground, State
from gameqa.text import grid, listing

LEGEND = (
    "Brick (red-brown with light joints), Gold Ore (grey stone with round yellow spots), Diamond "
    "Ore (grey stone with light blue diamonds), TNT (red with a white band and letters), Pumpkin "
    "(orange with ribs), Ladder (a grey stone column with ladders on its sides), River (blue "
    "water), Lava (orange ground with yellow spots)"
)
_LETTERS = string.ascii_uppercase.replace("L", "").replace("P", "") + string.ascii_lowercase


def describe(state: State) -> str:
    """Write a map of the ground, then what stands on it."""
    _left, _right, _back, _front = state.extent
    stacks: dict[Ground, list[str]] = {}
    ladders = set(state.ladders)
    for (x, y, z), kind in sorted(state.blocks, key=lambda block: block[0][1]):
        name = BLOCKS[kind].lower() if kind in ("plain", "stone") else BLOCKS[kind]
        stacks.setdefault((x, z), []).append(name + " with ladder" * ((x, y, z) in ladders))
    if state.target is not None:
        (x, y, z), kind = state.target
        stacks.setdefault((x, z), []).append(f"{BLOCKS[kind]} (the target)")
    cells = [cell for cell in state.ground() if cell in stacks]
    if state.scene == "cuboid":
        return (
            "Heights of the columns of cubes on the ground (rows z, columns x, numbers at the "
            f"edges; . no cube):\n{_map(state, {c: str(len(stacks[c])) for c in cells})}"
        )
    signs = dict.fromkeys(state.water, "~") | dict.fromkeys(state.lava, "L")
    if state.player is not None:
        signs[state.player] = "P"
    signs |= dict(zip(cells, _LETTERS, strict=False))
    parts = [
        "The ground (rows z, columns x, numbers at the edges; . land, ~ water"
        f"{', L lava' if state.lava else ''}{', P the player' if state.player else ''}"
        f"{', other letters: blocks' if cells else ''}):",
        _map(state, signs),
    ]
    for cell in cells:
        parts.append(f"{signs[cell]} at {ground_text(cell)}, from below: {', '.join(stacks[cell])}")
    return "\n".join(parts)


def _map(state: State, signs: dict[Ground, str]) -> str:
    left, right, back, front = state.extent
    table = [["z\\x", *(str(x) for x in range(left, right + 1))]]
    for z in range(back, front + 1):
        table.append([str(z), *(signs.get((x, z), ".") for x in range(left, right + 1))])
    return grid(table, numbered=False)


def ground_text(cell: Sequence[int]) -> str:
    """Write a ground cell, e.g. ``(3, 4)``."""
    return f"({cell[0]}, {cell[-1]})"


def grounds_text(cells: Iterable[Sequence[int]]) -> str:
    """Write ground cells as a list."""
    return listing(ground_text(cell) for cell in cells)


def block_grounds(cells: Iterable[Cell]) -> str:
    """Write the ground cells on which blocks stand, each once."""
    return grounds_text(sorted({(x, z) for x, _, z in cells}))
