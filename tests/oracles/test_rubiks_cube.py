"""The cube's answers against a cube of points and normals in space and plain searches.

The oracle knows nothing of strips or index tables: a sticker is a cell of a solid cube and the
direction it looks in, and a turn rotates both. The engine's solver is not imported.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy import ndimage  # type: ignore[import-untyped]

import gameqa
from gameqa.drawing.styles import Style, variant
from gameqa.games.rubiks_cube import GAME
from gameqa.games.rubiks_cube.rules import CORNERS, HOLDS, SOURCES, STRIPS, State, turned
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
FACES = "UDLRFB"
COLOURS = ("yellow", "white", "orange", "red", "blue", "green")
TURNS = [face + way for face in FACES for way in ("", "'")]

# Right hand axes x (towards R), y (towards U), z (towards F); of each face its normal and the
# directions in which its columns and rows are counted, after the page's account of the net.
NORMAL = {
    "R": (1, 0, 0),
    "L": (-1, 0, 0),
    "U": (0, 1, 0),
    "D": (0, -1, 0),
    "F": (0, 0, 1),
    "B": (0, 0, -1),
}
TO_RIGHT = dict.fromkeys("UDF", "R") | {"R": "B", "B": "L", "L": "F"}
DOWNWARDS = dict.fromkeys("FRBL", "D") | {"U": "F", "D": "B"}


def located(face: str, row: int, column: int) -> tuple[Any, Any]:
    """Return where a sticker is, a cell of -1..1, and the direction in which it looks."""
    across, down = NORMAL[TO_RIGHT[face]], NORMAL[DOWNWARDS[face]]
    at = np.array(NORMAL[face]) + (column - 1) * np.array(across) + (row - 1) * np.array(down)
    return tuple(at.tolist()), NORMAL[face]


PLACES = [located(face, row, column) for face in FACES for row in range(3) for column in range(3)]
INDEX = {place: index for index, place in enumerate(PLACES)}


@cache
def sources(turn: str) -> tuple[int, ...]:
    """Return from which place a turn brings the sticker at each place."""
    axis = np.array(NORMAL[turn[0]])
    sense = 1 if turn.endswith("'") else -1  # clockwise from outside is negative about the normal

    def rotated(v: Sequence[int]) -> tuple[int, ...]:
        vector = np.array(v)
        along = axis * int(axis @ vector)
        return tuple((along + sense * np.cross(axis, vector)).tolist())

    out = list(range(54))
    for index, (cell, looks) in enumerate(PLACES):
        if int(axis @ np.array(cell)) == 1:
            out[INDEX[rotated(cell), rotated(looks)]] = index
    return tuple(out)


def play(stickers: tuple[int, ...], turns: Sequence[str]) -> tuple[int, ...]:
    """Return the stickers after turns."""
    for turn in turns:
        stickers = tuple(stickers[source] for source in sources(turn))
    return stickers


def stickers_of(state: dict[str, Any]) -> tuple[int, ...]:
    """Read the faces of a row's state."""
    return tuple(c for face in FACES for row in state["faces"][face] for c in row)


def centred(stickers: tuple[int, ...]) -> tuple[int, ...]:
    """Name every colour by the face whose centre has it."""
    home = {stickers[9 * face + 4]: face for face in range(6)}
    return tuple(home[colour] for colour in stickers)


SOLVED = tuple(index // 9 for index in range(54))


@cache
def cube_layers(depth: int) -> tuple[dict[tuple[int, ...], int], list[int]]:
    """Return the distance of every cube up to a depth, and the sizes of the layers."""
    seen, layer, sizes = {SOLVED: 0}, [SOLVED], [1]
    for distance in range(1, depth + 1):
        grown = []
        for cube in layer:
            for turn in TURNS:
                after = play(cube, [turn])
                if after not in seen:
                    seen[after] = distance
                    grown.append(after)
        layer = grown
        sizes.append(len(layer))
    return seen, sizes


@cache
def face_layers(face: int, depth: int) -> dict[frozenset[int], int]:
    """Return the distance of every set of nine places from being one whole face."""
    carried = [{source: at for at, source in enumerate(sources(turn))} for turn in TURNS]
    goal = frozenset(range(9 * face, 9 * face + 9))
    seen, layer = {goal: 0}, [goal]
    for distance in range(1, depth + 1):
        grown = []
        for places in layer:
            for to in carried:
                after = frozenset(to[place] for place in places)
                if after not in seen:
                    seen[after] = distance
                    grown.append(after)
        layer = grown
    return seen


def cube_distance(stickers: tuple[int, ...]) -> int:
    """Return the distance of a cube of at most 6: a table to depth 4, then breadth first."""
    table, _ = cube_layers(4)
    layer = {centred(stickers)}
    for ahead in range(3):
        found = [table[cube] for cube in layer if cube in table]
        if found:
            return ahead + min(found)
        layer = {play(cube, [turn]) for cube in layer for turn in TURNS}
    raise AssertionError("further than 6")


def face_distance(stickers: tuple[int, ...], face: int) -> int:
    """Return the distance of a face of at most 5: a table to depth 4, then one turn ahead."""
    table = face_layers(face, 4)

    def own(cube: tuple[int, ...]) -> frozenset[int]:
        return frozenset(i for i, colour in enumerate(cube) if colour == cube[9 * face + 4])

    if own(stickers) in table:
        return table[own(stickers)]
    ahead = [play(stickers, [turn]) for turn in TURNS]
    return 1 + min(table[own(cube)] for cube in ahead if own(cube) in table)


def samples(
    task: str, form: str = "choice", count: int = SAMPLES
) -> Iterator[tuple[Sample, dict[str, Any], dict[str, Any]]]:
    """Yield samples of all levels and splits with their state and query."""
    for level in LEVELS:
        for index in range(count):
            split = ("train", "validation", "test")[index % 3]
            made = gameqa.sample(
                "rubiks_cube",
                task=task,
                plot_level=level,
                index=index,
                split=split,
                answer_format=form,
            )
            yield made, json.loads(made.state), json.loads(made.query)


def answer_of(made: Sample) -> str:
    """Return the text of the right option."""
    return made.options["ABCDEFGH".index(made.answer)]


def test_turns_are_rotations() -> None:
    """Would catch a strip that is mirrored, reversed or carried the wrong way round."""
    assert {turn: sources(turn) for turn in TURNS} == SOURCES


def test_turn_orders() -> None:
    """Would catch tables that are no turns: each has order 4, R U R' U' has order 6."""
    start = tuple(range(54))
    for turn in TURNS:
        cubes = [turned(start, [turn] * times) for times in range(1, 5)]
        assert [cube == start for cube in cubes] == [False, False, False, True]
    words = [turned(start, ["R", "U", "R'", "U'"] * times) for times in range(1, 7)]
    assert [cube == start for cube in words] == [False] * 5 + [True]


def test_depth_counts() -> None:
    """Would catch twelve turns that do not generate the cube's group in this metric."""
    _, sizes = cube_layers(4)
    assert sizes == [1, 12, 114, 1068, 10011]
    if SAMPLES > 40:
        assert cube_layers(5)[1][5] == 93840


def test_face_depth_counts() -> None:
    """Would catch a wrong reduction of the cube to the nine stickers of a face."""
    for face in range(6):
        counts = Counter(face_layers(face, 4).values())
        assert [counts[d] for d in range(5)] == [1, 8, 76, 680, 5714]


def test_holds_are_rotations() -> None:
    """Would catch mirrored cubes among the 24 ways to hold one."""
    assert len(set(HOLDS)) == 24
    for hold in HOLDS:
        at = {colour: np.array(NORMAL[FACES[face]]) for face, colour in enumerate(hold)}
        assert (at[0] == -at[1]).all() and (at[2] == -at[3]).all() and (at[4] == -at[5]).all()
        assert int(np.cross(at[3], at[0]) @ at[4]) == 1  # right, up, front


def pieces(stickers: tuple[int, ...]) -> Counter[Any]:
    """Return the colours of the 26 pieces, those of corners in their sense of rotation."""
    groups: dict[Any, list[tuple[Any, int]]] = {}
    for (cell, looks), colour in zip(PLACES, stickers, strict=True):
        groups.setdefault(cell, []).append((np.array(looks), colour))
    out: Counter[Any] = Counter()
    for group in groups.values():
        if len(group) == 3:
            (a, x), (b, y), (c, z) = group
            if int(np.cross(a, b) @ c) < 0:
                y, z = z, y
            first = min((x, y, z), (y, z, x), (z, x, y))
            out[first] += 1
        else:
            out[tuple(sorted(colour for _, colour in group))] += 1
    return out


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_cubes_are_possible(task: str) -> None:
    """Would catch impossible cubes, a scramble that does not reproduce the faces, a solved cube."""
    for made, state, _ in samples(task, count=max(6, SAMPLES // 4)):
        stickers = stickers_of(state)
        start = tuple(stickers[9 * (i // 9) + 4] for i in range(54))
        assert play(start, state["scramble"]) == stickers, made.data_id
        assert pieces(stickers) == pieces(SOLVED), made.data_id
        assert stickers != start, made.data_id
        assert state["colors"] == list(COLOURS)


def test_corner_names() -> None:
    """Would catch a corner of the analysis whose places are not those of its name."""
    for corner, places in CORNERS.items():
        assert "".join(FACES[place // 9] for place in places) == corner
        assert len({PLACES[place][0] for place in places}) == 1


@pytest.mark.parametrize("form", ["choice", "open"])
def test_face_recognition(form: str) -> None:
    """Would catch rows and columns that are swapped, and a share of a face's own colour."""
    own = 0
    for made, state, query in samples("face_recognition", form):
        row, column = query["cell"]
        truth = COLOURS[state["faces"][query["face"]][row][column]]
        assert (answer_of(made) if form == "choice" else made.answer) == truth, made.data_id
        assert (row, column) != (1, 1)
        own += truth == COLOURS[state["faces"][query["face"]][1][1]]
        if form == "choice":
            assert sorted(made.options) == sorted(COLOURS)
    share, count = own / (3 * SAMPLES), 3 * SAMPLES
    assert abs(share - 1 / 6) < 4.5 * (5 / 36 / count) ** 0.5


def test_move_prediction() -> None:
    """Would catch a wrong colour, a sticker that stays, cancelling turns, or a biased share."""
    same = own = 0
    for made, state, query in samples("move_prediction"):
        stickers = stickers_of(state)
        row, column = query["cell"]
        place = INDEX[located(query["face"], row, column)]
        after = play(stickers, query["turns"])
        assert answer_of(made) == COLOURS[after[place]], made.data_id
        same += after[place] == stickers[place]
        own += after[place] == stickers[place // 9 * 9 + 4]
        tracked = place
        moved = 0
        for turn in reversed(query["turns"]):
            moved += sources(turn)[tracked] != tracked
            tracked = sources(turn)[tracked]
        assert moved >= min(len(query["turns"]), 2), made.data_id
        low, high = {"Easy": (1, 2), "Medium": (2, 4), "Hard": (4, 6)}[made.plot_level]
        assert low <= len(query["turns"]) <= high
        assert not cancels(query["turns"]), made.data_id
    slack = 4.5 * (5 / 36 / (3 * SAMPLES)) ** 0.5
    assert abs(same / (3 * SAMPLES) - 1 / 6) < slack
    assert abs(own / (3 * SAMPLES) - 1 / 6) < slack


def cancels(turns: Sequence[str]) -> bool:
    """Whether fewer turns about one axis would do what a run of turns about it does."""
    axis = {"U": 0, "D": 0, "L": 1, "R": 1, "F": 2, "B": 2}
    runs: list[list[str]] = []
    for turn in turns:
        if not runs or axis[runs[-1][0][0]] != axis[turn[0]]:
            runs.append([])
        runs[-1].append(turn)
    for run in runs:
        for face in FACES:
            quarters = sum((-1 if t.endswith("'") else 1) for t in run if t[0] == face)
            made = sum(t[0] == face for t in run)
            if made != abs(quarters) or made > 2:
                return True
    return False


def test_scrambles_do_not_cancel() -> None:
    """Would catch scrambles of another length than the level's, or with turns undone."""
    lengths = {"Easy": (2, 4), "Medium": (5, 9), "Hard": (10, 25)}
    for made, state, _ in samples("color_count"):
        low, high = lengths[made.plot_level]
        assert low <= len(state["scramble"]) <= high, made.data_id
        assert not cancels(state["scramble"]), made.data_id


def test_trace_of_move_prediction() -> None:
    """Would catch an analysis whose steps are not where the sticker really was."""
    for made, _, query in samples("move_prediction"):
        place = INDEX[located(query["face"], *query["cell"])]
        lines = [line for line in made.analysis.splitlines() if line.startswith("- ")]
        for line, turn in zip(lines, reversed(query["turns"]), strict=True):
            before = sources(turn)[place]
            if before == place:
                assert f"does not move {told(place)}" in line, made.data_id
            else:
                assert line.endswith(f"{told(place)} came from {told(before)}."), made.data_id
            assert line.startswith(f"- {turn} ")
            place = before
        assert f"The sticker at {told(place)} is" in made.analysis


def told(place: int) -> str:
    """Write a place as the analyses do."""
    return f"{FACES[place // 9]} ({place % 9 // 3}, {place % 3})"


def replayed(made: Sample, stickers: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Play the turns that the analysis gives, from its list, and return the cube after each."""
    found = re.search(r"quarter turns? can do it: ([^.]+)\.", made.analysis)
    assert found, made.analysis
    turns = found[1].split(", ")
    assert str(len(turns)) == answer_of(made)
    return [play(stickers, turns[: i + 1]) for i in range(len(turns))]


def wrong_by_face(cube: tuple[int, ...]) -> list[int]:
    """Count for every face the stickers that differ from its centre."""
    return [sum(cube[9 * f + i] != cube[9 * f + 4] for i in range(9)) for f in range(6)]


def test_single_face_solve() -> None:
    """Would catch a distance that is not the least, and an analysis whose turns do not do it."""
    counts: Counter[Any] = Counter()
    for made, state, query in samples("single_face_solve"):
        stickers, face = stickers_of(state), FACES.index(query["face"])
        distance = face_distance(stickers, face)
        assert answer_of(made) == str(distance), made.data_id
        low = {"Easy": 0, "Medium": 1, "Hard": 2}[made.plot_level]
        assert sorted(map(int, made.options)) == list(range(low, low + 4))
        counts[made.plot_level, distance] += 1
        if distance:
            cubes = replayed(made, stickers)
            assert wrong_by_face(cubes[-1])[face] == 0, made.data_id
            bound = re.search(r"at least (\d+) quarter", made.analysis)
            assert bound and int(bound[1]) <= distance
            check_best(made, stickers, face)
    check_uniform(counts, 4)


def test_full_solve() -> None:
    """Would catch a distance that is not the least, and an analysis whose turns do not do it."""
    counts: Counter[Any] = Counter()
    for made, state, _ in samples("full_solve"):
        stickers = stickers_of(state)
        distance = cube_distance(stickers)
        assert answer_of(made) == str(distance), made.data_id
        low = {"Easy": 1, "Medium": 2, "Hard": 3}[made.plot_level]
        assert sorted(map(int, made.options)) == list(range(low, low + 4))
        counts[made.plot_level, distance] += 1
        cubes = replayed(made, stickers)
        left = [sum(wrong_by_face(cube)) for cube in cubes]
        assert left[-1] == 0, made.data_id
        listed = re.findall(r"^- \S+: (\d+)$", made.analysis, re.M)
        assert listed == list(map(str, left)), made.data_id
        parity = "odd" if distance % 2 else "even"
        assert f"the number of turns is {parity}" in made.analysis, made.data_id
        for bound in re.findall(r"at least (\d+)", made.analysis.split("cannot")[0]):
            assert int(bound) <= distance, made.data_id
        check_least(made, stickers)
    check_uniform(counts, 4)


def reached(stickers: tuple[int, ...], turns: int) -> set[tuple[int, ...]]:
    """Return all cubes within a number of turns."""
    seen = layer = {stickers}
    for _ in range(turns):
        layer = {play(cube, [turn]) for cube in layer for turn in TURNS} - seen
        seen = seen | layer
    return seen


def check_best(made: Sample, stickers: tuple[int, ...], face: int) -> None:
    """Hold "at best n of the nine stickers are right" against all sequences."""
    found = re.search(r"that (\d) quarter turns? cannot do it: at best (\d)", made.analysis)
    if found and int(found[1]) <= 2:
        cubes = reached(stickers, int(found[1]))
        assert 9 - min(wrong_by_face(cube)[face] for cube in cubes) == int(found[2]), made.data_id


def check_least(made: Sample, stickers: tuple[int, ...]) -> None:
    """Hold "at least n stickers still differ" against all sequences."""
    found = re.search(r"that (\d) quarter turns? cannot do it: at least (\d+)", made.analysis)
    if found and int(found[1]) <= 2:
        cubes = reached(stickers, int(found[1])) - {stickers}
        assert min(sum(wrong_by_face(cube)) for cube in cubes) == int(found[2]), made.data_id


def check_uniform(counts: Counter[Any], classes: int) -> None:
    """Each of the classes of a level has its share of the samples, chance allowed for."""
    expected = SAMPLES / classes
    slack = 4.5 * (expected * (1 - 1 / classes)) ** 0.5
    for count in counts.values():
        assert abs(count - expected) < slack, counts


def test_color_count() -> None:
    """Would catch a miscount, a favoured rank in the window, or a share of own colours off half."""
    own = 0
    ranks: Counter[int] = Counter()
    for made, state, query in samples("color_count"):
        on_face = [COLOURS[c] for row in state["faces"][query["face"]] for c in row]
        count = on_face.count(query["colour"])
        assert answer_of(made) == str(count), made.data_id
        options = sorted(map(int, made.options))
        assert options == list(range(options[0], options[0] + 4))
        is_own = on_face[4] == query["colour"]
        assert options[0] in ((1, 2, 3) if is_own else (0, 1)), made.data_id
        own += is_own
        ranks[options.index(count)] += 1
    total = 3 * SAMPLES
    assert abs(own / total - 1 / 2) < 4.5 * (1 / 4 / total) ** 0.5
    for rank in range(4):
        assert abs(ranks[rank] - total / 4) < 4.5 * (total * 3 / 16) ** 0.5, ranks


def test_text_says_stickers_and_nothing_else() -> None:
    """Would catch a text view that leaks the scramble or numbers rows another way."""
    for _, state, query in samples("full_solve", count=6):
        shown = stickers_of(state)
        text = GAME.describe(State(shown, tuple(state["scramble"])), query)
        assert text == GAME.describe(State(shown, ()), query)
        for face in FACES:
            block = text.split(f"Face {face}:\n")[1].splitlines()[:3]
            rows = [" ".join(COLOURS[c] for c in row) for row in state["faces"][face]]
            assert block == rows


def middle_of(mask: Any) -> Any:
    """Return the mean (x, y) of the pixels of a mask."""
    ys, xs = np.nonzero(mask)
    return np.array([xs.mean(), ys.mean()])


@pytest.mark.parametrize("style", [Style(), variant(5), variant(18)])
def test_picture_folds_into_the_cube(style: Style) -> None:
    """Would catch a net or a corner view with a face in the wrong place, turned or mirrored.

    One sticker after the other changes its colour; where pixels change, there it is drawn.
    """
    plain = GAME.render(State((0,) * 54, ()), {}, style).rgb()
    net, view = [], []
    for place in range(54):
        stickers = tuple(int(index == place) for index in range(54))
        changed = (GAME.render(State(stickers, ()), {}, style).rgb() != plain).any(axis=2)
        parts, _ = ndimage.label(changed)
        # The sticker of the net is the largest; the hole of a letter makes the third.
        by_size = np.bincount(parts[changed]).argsort()[::-1]
        net.append(middle_of(parts == by_size[0]))
        view.append(middle_of(parts == by_size[1]))
    cells = {"U": (0, 1), "L": (1, 0), "F": (1, 1), "R": (1, 2), "B": (1, 3), "D": (2, 1)}
    right, down = (net[9 * 4 + 5] - net[9 * 4 + 4]), (net[9 * 4 + 7] - net[9 * 4 + 4])
    assert right[0] > 20 and abs(right[1]) < 1 and down[1] > 20 and abs(down[0]) < 1
    pitch = net[9 * 3 + 4][0] - net[9 * 4 + 4][0]
    for place in range(54):
        row, column = cells[FACES[place // 9]]
        middle = net[9 * 4 + 4] + pitch * np.array([column - 1, row - 1])
        expected = middle + (place % 3 - 1) * right + (place % 9 // 3 - 1) * down
        assert np.abs(net[place] - expected).max() < 2, place
    # A parallel projection, seen from the right, above and in front, or from the other end.
    for shown, eye in (("UFR", (1, 1.2, 1)), ("DBL", (-1, -1.2, -1))):
        away = -np.array(eye) / np.linalg.norm(eye)
        across = np.cross(away, (0, 1, 0))
        across /= np.linalg.norm(across)
        below = np.cross(away, across)
        flat = {}
        for place, (cell, looks) in enumerate(PLACES):
            point = np.array(cell) + 0.5 * np.array(looks)
            flat[place] = np.array([point @ across, point @ below])
        centre = {face: 9 * FACES.index(face) + 4 for face in shown}
        steps = [(centre[face] - step, centre[face] + step) for face in shown for step in (1, 3)]
        steps += [(centre[shown[i - 1]], centre[shown[i]]) for i in range(3)]
        for start, end in steps:
            expected, drawn = flat[end] - flat[start], view[end] - view[start]
            lengths = np.linalg.norm(expected) * np.linalg.norm(drawn)
            # Perspective bends directions by some degrees; a turned face would by 60 or more.
            assert drawn @ expected > 0.9 * lengths > 0, (shown, start, end)


def test_strips_are_told_as_they_lie() -> None:
    """Would catch an analysis that calls a strip reversed when it is not."""
    for face, strips in STRIPS.items():
        for before, after in zip(strips, (*strips[1:], strips[0]), strict=True):
            for source, target in zip(before.places, after.places, strict=True):
                assert sources(face)[target] == source
