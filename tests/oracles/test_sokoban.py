"""Sokoban's answers against literal play on a character grid and networkx searches."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

import gameqa
from gameqa.games.sokoban.rules import State
from gameqa.games.sokoban.solver import shortest_plan
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
STEPS = {"Up": (-1, 0), "Down": (1, 0), "Left": (0, -1), "Right": (0, 1)}
LEVELS = ("easy", "medium", "hard")


class Room:
    """A board as sets of cells, read from a row's JSON."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.floor = {
            (r, c) for r, row in enumerate(state["walls"]) for c, wall in enumerate(row) if not wall
        }
        self.player = tuple(state["player"])
        self.boxes = {tuple(box) for box in state["boxes"]}
        self.targets = {tuple(target) for target in state["targets"]}

    def push(self, player: Any, boxes: frozenset[Any], move: str) -> tuple[Any, frozenset[Any]]:
        """Return player and boxes after one move of the page's rules."""
        dr, dc = STEPS[move]
        ahead, beyond = (player[0] + dr, player[1] + dc), (player[0] + 2 * dr, player[1] + 2 * dc)
        if ahead not in self.floor:
            return player, boxes
        if ahead in boxes:
            if beyond not in self.floor or beyond in boxes:
                return player, boxes
            boxes = frozenset(beyond if box == ahead else box for box in boxes)
        return ahead, boxes

    def graph(self, blocked: set[Any]) -> nx.Graph:
        """Return the floor without some cells as a graph."""
        graph = nx.Graph()
        graph.add_nodes_from(self.floor - blocked)
        for r, c in self.floor - blocked:
            for cell in ((r + 1, c), (r, c + 1)):
                if cell in graph:
                    graph.add_edge((r, c), cell)
        return graph


def samples(task: str, form: str = "choice") -> Iterator[tuple[Sample, Room, dict[str, Any]]]:
    for level in LEVELS:
        for index in range(SAMPLES):
            made = gameqa.sample(
                "sokoban", task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            yield made, Room(json.loads(made.state)), json.loads(made.query)


def answer(made: Sample) -> str:
    """Return the text of the right option, or the open answer."""
    return made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer


def test_player_after_moves() -> None:
    """Catches a push, a block, or the order of moves handled otherwise than the rules say."""
    for made, room, query in samples("player_after_moves"):
        player, boxes = room.player, frozenset(room.boxes)
        for move in query["moves"]:
            player, boxes = room.push(player, boxes, move)
        assert answer(made) == f"({player[0]}, {player[1]})", made.data_id


def test_box_token_after_moves() -> None:
    """Catches a token stopped by the player or the target, or not stopped by a wall."""
    for made, room, query in samples("box_token_after_moves"):
        (cell,) = room.boxes
        for move in query["moves"]:
            ahead = cell[0] + STEPS[move][0], cell[1] + STEPS[move][1]
            cell = ahead if ahead in room.floor else cell
        assert answer(made) == f"({cell[0]}, {cell[1]})", made.data_id


def forward_minimum(room: Room) -> int:
    """Return the least number of moves by a forward search over (player, boxes)."""
    seen = {(room.player, frozenset(room.boxes))}
    frontier = list(seen)
    goal, moves = frozenset(room.targets), 0
    while frontier:
        if any(boxes == goal for _, boxes in frontier):
            return moves
        reached = {room.push(p, b, move) for p, b in frontier for move in STEPS} - seen
        seen |= reached
        frontier = list(reached)
        moves += 1
    raise AssertionError("no solution")


def test_minimum_moves() -> None:
    """Catches pushes counted instead of moves, and a search that is not exact."""
    for made, room, _ in samples("minimum_moves"):
        assert answer(made) == str(forward_minimum(room)), made.data_id


def test_player_position() -> None:
    """Catches rows and columns swapped, and counting from 1."""
    for made, room, _ in samples("player_position"):
        assert answer(made) == f"({room.player[0]}, {room.player[1]})", made.data_id


def test_box_target_distance() -> None:
    """Catches anything but the sum of both differences."""
    for made, room, _ in samples("box_target_distance"):
        ((br, bc),), ((tr, tc),) = room.boxes, room.targets
        assert answer(made) == str(abs(br - tr) + abs(bc - tc)), made.data_id


@pytest.mark.parametrize("form", ["choice", "open"])
def test_shortest_walk(form: str) -> None:
    """Catches a walk that is blocked or too long, and a second right option."""
    for made, room, query in samples("shortest_walk", form):
        graph = room.graph(room.boxes)
        goal = tuple(query["goal"])
        steps = nx.shortest_path_length(graph, room.player, goal)
        for text in made.options or (made.answer,):
            cell, blocked = room.player, False
            moves = text.split(" -> ")
            for move in moves:
                cell = cell[0] + STEPS[move][0], cell[1] + STEPS[move][1]
                blocked = blocked or cell not in graph
            right = not blocked and cell == goal and len(moves) == steps
            assert right == (text == answer(made)), f"{made.data_id}: {text}"


def test_one_box_boards_can_be_solved() -> None:
    """Catches a start from which the box cannot reach the target."""
    for _, room, _ in samples("box_token_after_moves"):
        assert forward_minimum(room) >= 2


def read(text: str) -> State:
    """Return the state of a drawing: # wall, @ player, $ box, . target."""
    rows = text.split()
    places = {
        sign: tuple((r, c) for r, row in enumerate(rows) for c, s in enumerate(row) if s == sign)
        for sign in "@$."
    }
    walls = tuple(tuple(int(sign == "#") for sign in row) for row in rows)
    return State(walls, places["@"][0], places["$"], places["."])


def test_check_vectors() -> None:
    """Catches a minimum of pushes: the second board needs 8 moves, 10 with the fewest pushes."""
    first = read("####### #__.__# #_#___# #__$__# #__#__# #_@___# #######")
    assert len(shortest_plan(first)) == 14
    assert len(shortest_plan(read("###### #_#@.# #__$_# #____# #_#__# ######"))) == 8


def test_shares() -> None:
    """Catches sequences that hardly push, block too often, or end where they began."""
    pushes = stays = total = 0
    for made, room, query in samples("player_after_moves"):
        text = made.analysis
        pushes += "pushing" in text
        stays += answer(made) == f"({room.player[0]}, {room.player[1]})"
        assert len(re.findall("blocked", text)) <= 0.4 * len(query["moves"]), made.data_id
        total += 1
    assert pushes >= 0.6 * total
    assert stays <= 0.15 * total


def test_minimum_is_uniform_over_the_ranks_of_its_options() -> None:
    """Catches a window laid round the answer, which would betray it by its rank."""
    ranks = Counter(
        sorted(map(int, made.options)).index(int(answer(made)))
        for made, _, _ in samples("minimum_moves")
    )
    expected = sum(ranks.values()) / 8
    assert all(abs(ranks[rank] - expected) < 5 * expected**0.5 for rank in range(8)), ranks
