"""The questions about a hidden word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any

from gameqa.answers import CellAndWord, Word
from gameqa.errors import GenerationError
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.word_search import generation
from gameqa.games.word_search.generation import Knobs, Letters
from gameqa.games.word_search.rules import (
    ALIASES,
    DIRECTIONS,
    Cell,
    Placement,
    State,
    occurrences,
    path,
)
from gameqa.games.word_search.tasks_letters import COORDINATES, size_of
from gameqa.games.word_search.vocabulary import BY_LENGTH
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing

_NAMES = tuple(DIRECTIONS)
_OPPOSITE = {
    name: other
    for name, (dr, dc) in DIRECTIONS.items()
    for other, step in DIRECTIONS.items()
    if step == (-dr, -dc)
}
_WORDS = (
    f"{COORDINATES} A word runs from its first letter straight in one of eight directions, one "
    "cell a letter, without wrapping around at the edges: right, left, down, up, down-right, "
    "down-left, up-right or up-left (down-right is one row down and one column to the right for "
    "each letter, and so on)."
)
_TRIES = 20


def _followed(state: State, start: Cell, direction: str, word: str) -> tuple[str, str]:
    """Return the letters met up to the first wrong one, and why they are not the word or ''."""
    met = ""
    for cell, wanted in zip(path(start, direction, len(word)), word, strict=True):
        if not state.has(cell):
            return met, "then the grid ends"
        met += state.letter(cell)
        if met[-1] != wanted:
            return met, f"but letter {len(met)} of the word is {wanted}"
    return met, ""


class WordDirection(Task[State, Knobs]):
    """In which direction a word runs from a given cell."""

    slug = "word_direction"
    question_id = 2
    description = "Direction of a word from its first letter"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Word(_NAMES, ALIASES)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        size = size_of(knobs, rng)
        # Longer words would not fit in at least five directions from any cell.
        length = rng.integers(3, (size + 1) // 2 + 1)
        return {
            "size": size,
            "word": rng.choice(BY_LENGTH[length]),
            "direction": rng.choice(_NAMES),
            "central": rng.chance(0.5),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        size, word, direction = plan["size"], plan["word"], plan["direction"]
        length = len(word)
        for _ in range(_TRIES):
            wanted = _NAMES if plan["central"] else (direction,)
            rows, cols = generation.starts(size, wanted, length)
            start = rng.choice(rows), rng.choice(cols)
            fitting = [name for name in _NAMES if generation.fits(size, start, name, length)]
            if len(fitting) < 5:
                continue
            letters: Letters = {}
            generation.write(letters, start, direction, word)
            near = rng.sample(others(fitting, direction), 2 + rng.below(len(fitting) - 3))
            for i, name in enumerate(near):
                # One of them goes on for longer; none may become the word.
                reach = 2 if i else max(2, min(3, length - 1))
                generation.write(letters, start, name, word[: rng.integers(reach, length)])
            placed = Placement(word, *start, direction)
            state = generation.finished(plan.knobs, size, letters, placed, rng)
            if state is not None:
                yield state
                return

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        word, row, col, direction = state.words[0]
        near = [
            state.read((row, col), name, len(word))
            for name in others(_NAMES, direction)
            if generation.fits(state.rows, (row, col), name, len(word))
        ]
        if sum(text[1] == word[1] for text in near) < 2:
            return None
        if len(word) >= 4 and not any(text[:3] == word[:3] for text in near):
            return None
        return {"word": word, "start": [row, col]}

    def ask(self, state: State, query: Query) -> str:
        row, col = query["start"]
        return (
            f"{_WORDS}\nThe word {query['word']} is hidden in the grid shown; its first letter is "
            f"in the cell ({row}, {col}). In which direction does the word run from there?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        start, word = tuple(query["start"]), query["word"]
        found = [name for name in _NAMES if state.read(start, name, len(word)) == word]
        return Solution(found[0])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        start, word = tuple(query["start"]), query["word"]
        lines = [f"The cell {start} holds {word[0]}, the first letter of {word}. From there:"]
        for name in _NAMES:
            met, failure = _followed(state, start, name, word)
            cells = listing(path(start, name, len(met))[1:], "no cell")
            verdict = failure or "the whole word"
            letters = " ".join(met[1:]) or "nothing"
            lines.append(f"{name}: {letters} at {cells}: {verdict}.")
        lines.append(f"Only {solution.value} spells {word}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(_NAMES, solution.value)


class FindWord(Task[State, Knobs]):
    """Where a word starts and in which direction it runs."""

    slug = "find_word"
    question_id = 3
    description = "Start cell and direction of a word"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.HARD
    kind = CellAndWord(_NAMES, aliases=ALIASES)
    # Some words make no near misses between some cells, or only unwanted ones.
    patience = 60

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        size = size_of(knobs, rng)
        lengths = range(3, min(size - 2, 8) + 1)
        length = rng.weighted(lengths, [3.0 if 4 <= n <= 6 else 1.0 for n in lengths])
        ring = _drawn(size, length, rng.chance(1 / 3), rng)
        return {"size": size, "word": rng.choice(BY_LENGTH[length]), "ring": ring}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        word, ring = plan["word"], plan["ring"]
        (row, col), direction = ring[0]
        placed = Placement(word, row, col, direction)
        for _ in range(_TRIES):
            letters: Letters = {}
            generation.write(letters, (row, col), direction, word)
            for cell, _ in ring:
                letters.setdefault(cell, word[0])
            wrong = rng.sample(ring[1:], 3 + rng.below(4))
            for i, (cell, name) in enumerate(wrong):
                reach = 2 if i else max(2, min(3, len(word) - 1))
                generation.write(letters, cell, name, word[: rng.integers(reach, len(word))])
            state = generation.finished(plan.knobs, plan["size"], letters, placed, rng)
            if state is not None:
                yield state
                return

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        word = plan["word"]
        wrong = [state.read(cell, name, 3) for cell, name in plan["ring"][1:]]
        if sum(text[:2] == word[:2] for text in wrong) < 2:
            return None
        if len(word) >= 4 and not any(text == word[:3] for text in wrong):
            return None
        return {"word": word}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_WORDS}\nThe word {query['word']} is hidden once in the grid shown. In which cell "
            "is its first letter, and in which direction does it run from there?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        (row, col), direction = next(occurrences(state, query["word"]))
        return Solution((row, col, direction))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        word = query["word"]
        starts = [
            (r, c)
            for r in range(1, state.rows + 1)
            for c in range(1, state.cols + 1)
            if state.letter((r, c)) == word[0]
        ]
        lines = [
            f"{word[0]}, the first letter of {word}, is at {listing(starts)}.",
            f"From there on, wherever {word[1]} follows:",
        ]
        for start in starts:
            told = []
            for name in _NAMES:
                met, failure = _followed(state, start, name, word)
                if len(met) > 1 and met[1] == word[1]:
                    told.append(f"{name} {' '.join(met)}, {failure or 'the whole word'}")
            lines.append(f"{start}: {'; '.join(told) or f'no {word[1]} beside it'}.")
        row, col, direction = solution.value
        lines.append(f"So {word} starts at ({row}, {col}) and runs {direction}.")
        return "\n".join(lines)

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        row, col, direction = value
        word = query["word"]
        return state.has((row, col)) and state.read((row, col), direction, len(word)) == word

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return [(row, col, name) for (row, col), name in plan["ring"][1:]]


_Ring = list[tuple[Cell, str]]
"""Eight starts and directions, the true one first. Every cell and every direction is in two of
them, so that company does not tell which is true; each could hold the word. Two of the directions
are diagonal: more words would fit straight ones, and then these would be right more often."""


def _is_diagonal(direction: str) -> bool:
    return all(DIRECTIONS[direction])


def _drawn(size: int, length: int, mirrored: bool, rng: Rng) -> _Ring:
    """Draw a direction and a ring that holds it; draw again where it has none.

    Raises:
        GenerationError: no ring was found, as where the grid is shorter than the word.
    """
    for _ in range(_TRIES):
        direction = rng.choice(_NAMES)
        ring = _mirrored(size, direction, length, rng) if mirrored else None
        ring = ring or _ring(size, direction, length, rng)
        if ring is not None:
            return _any_first(ring, size, length, rng)
    raise GenerationError(f"No {length}-letter words fit a {size} x {size} grid in eight ways.")


def _any_first(ring: _Ring, size: int, length: int, rng: Rng) -> _Ring:
    """Make any of the options that can be true the true one: how it was drawn tells nothing then.

    One that runs out of the grid cannot, and in a ring where some cells are in the way of a word
    and others are not, one on whose way there is a cell cannot either.
    """
    cells = {cell for cell, _ in ring}
    ways = [path(*option, length) for option in ring]
    crossed = [not cells.isdisjoint(way[1:]) for way in ways]
    able = [
        number
        for number, way in enumerate(ways)
        if min(way[-1]) >= 1 and max(way[-1]) <= size and (all(crossed) or not crossed[number])
    ]
    first = rng.choice(able)
    return [ring[first], *ring[:first], *ring[first + 1 :]]


def _ring(size: int, direction: str, length: int, rng: Rng) -> _Ring | None:
    """Draw four cells and four directions that form a ring; None where there is none.

    Words longer than half the grid leave so few that one wrong option may run out of the grid.
    """
    misfits = 0 if 2 * length <= size + 1 else 1
    spare: list[_Ring] = []
    for names in rng.shuffled(list(permutations(others(_NAMES, direction), 3))):
        if sum(map(_is_diagonal, (direction, *names))) != 2:
            continue
        pairs = list(pairwise((direction, *names, direction)))
        places = [generation.starts(size, pair, length) for pair in pairs]
        narrow = [i for i, place in enumerate(places) if not all(place)]
        if len(narrow) > misfits:
            continue
        for i in narrow:
            # The true option fits, whichever of its cell's two does.
            places[i] = generation.starts(size, (pairs[i][rng.below(2) if i else 0],), length)
        cells = [(rng.choice(rows), rng.choice(cols)) for rows, cols in places]
        if len(set(cells)) < 4:
            continue
        ring = [(cell, name) for cell, pair in zip(cells, pairs, strict=True) for name in pair]
        # The cells are to hold the first letter, which is in the way on the word's own. If that
        # is so for all options rather than for the true one only, it does not betray it.
        crossed = [not set(cells).isdisjoint(path(*option, length)[1:]) for option in ring]
        if not any(crossed):
            return ring
        if not crossed[0]:
            spare.append(ring)
            if len(spare) == _TRIES:
                break
    return spare[0] if spare else None


def _mirrored(size: int, direction: str, length: int, rng: Rng) -> _Ring | None:
    """Draw the corners of a parallelogram: every side is in the ring in both directions.

    So the last letter's cell with the opposite direction is among the options, and as every option
    has its opposite, that does not tell the true one. None where there is no room for it.
    """
    across = [name for name in _NAMES if _is_diagonal(name) != _is_diagonal(direction)]
    for other in rng.shuffled(across):
        (dr, dc), (er, ec) = DIRECTIONS[direction], DIRECTIONS[other]
        reach = length - 1
        corners = [(i * dr + j * er, i * dc + j * ec) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))]
        ranges = []
        for axis in (0, 1):
            offsets = [reach * corner[axis] for corner in corners]
            ranges.append(range(1 - min(offsets), size - max(offsets) + 1))
        if all(ranges):
            row, col = map(rng.choice, ranges)
            first, second, third, fourth = (
                (row + reach * down, col + reach * right) for down, right in corners
            )
            back, away = _OPPOSITE[direction], _OPPOSITE[other]
            return [
                (first, direction),
                (first, other),
                (second, other),
                (second, back),
                (third, back),
                (third, away),
                (fourth, away),
                (fourth, direction),
            ]
    return None
