"""The conformance suite: what every game must pass, ours and those of other packages.

    >>> from gameqa.testing import check_game
    >>> check_game("sokoban", samples=100)

A check raises AssertionError with the address of the sample that fails it. The checks are plain
functions over a game (`CHECKS`), so that a test runner can show them one by one.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from gameqa import engine
from gameqa.address import Address
from gameqa.answers import AnswerKind
from gameqa.api import sample
from gameqa.drawing import MAX_SIDE, STYLES
from gameqa.game import Game, Task
from gameqa.options import option_lines
from gameqa.registry import get_game, list_games
from gameqa.sample import COLUMNS, Category, Domain, Form, Level, QAType, Sample, Split
from gameqa.splits import split_of

_UNLIKELY = 5.0
"""Standard deviations of a count that chance does not reach in all our checks together."""


def check_game(game: str | Game[Any, Any], samples: int = 40) -> None:
    """Run every check on a game.

    Args:
        game: a game, or the slug or alias of a registered one.
        samples: how many samples of every task and level are looked at.

    Raises:
        AssertionError: a check failed; the message names the sample.
    """
    checked = get_game(game) if isinstance(game, str) else game
    for check in CHECKS:
        check(checked, samples)


def check_declaration(game: Game[Any, Any], samples: int) -> None:
    """Names, ids, levels and types are there, of the right type, and unique."""
    assert game.slug.isidentifier() and game.slug == game.slug.lower(), game.slug
    assert game.title and isinstance(game.category, Category) and isinstance(game.domain, Domain)
    assert isinstance(game.version, int) and game.version >= 1
    assert list(game.levels) == list(Level), f"{game.slug}: levels are {list(game.levels)}"
    ids = [task.question_id for task in game.tasks]
    assert ids and len(set(ids)) == len(ids), f"{game.slug}: question ids {ids}"
    assert len({task.slug for task in game.tasks}) == len(ids), f"{game.slug}: task slugs"
    assert any(task.is_default for task in game.tasks), f"{game.slug}: no default task"
    for task in game.tasks:
        assert task.slug.isidentifier() and task.description, task
        assert isinstance(task.qa_type, QAType) and isinstance(task.qa_level, Level), task.slug
        assert isinstance(task.kind, AnswerKind) and task.kind.form, task.slug
        assert task.forms and set(task.forms) <= set(Form), task.slug
    assert pickle.loads(pickle.dumps(game)).slug == game.slug


def check_rows(game: Game[Any, Any], samples: int) -> None:
    """Every sample is whole, and its answer follows again from its state and query alone."""
    for task, address, form in _addresses(game, samples):
        drawn = engine.draw(game, task, address, form)
        made = engine.make(game, task, address, answer_format=form)
        _check_answer(game, task, drawn, made)
        _check_texts(task, drawn, made)
        assert tuple(made.row()) == COLUMNS
        for name, value in made.row().items():
            assert value is not None and value != "", f"{address}: column {name} is empty"


def _check_answer(
    game: Game[Any, Any], task: Task[Any, Any], drawn: engine.Drawn, made: Sample
) -> None:
    where = made.data_id
    state, query = game.decode(json.loads(made.state)), json.loads(made.query)
    assert state == drawn.state, f"{where}: decode(encode(state)) differs"
    assert engine.to_json(game.encode(state)) == made.state, f"{where}: state is not stable"
    again = task.solve(state, query)
    text = task.kind.text(drawn.solution.value)
    assert again.value == drawn.solution.value, f"{where}: {again.value} after the round trip"
    assert task.accepts(state, query, again.value), f"{where}: the solution is not accepted"
    if not drawn.options:
        assert made.answer == text and made.answer_type == task.kind.name, where
        value = task.kind.parse(text)
        assert task.kind.text(value) == text, f"{where}: {text!r} does not survive parsing"
        assert task.accepts(state, query, value), f"{where}: {text!r} read back is not accepted"
        return
    accepted = [o.letter for o in drawn.options if task.accepts(state, query, o.value)]
    assert accepted == [made.answer], f"{where}: answer {made.answer}, accepted {accepted}"
    texts = [option.text for option in drawn.options]
    assert len({t.strip().lower() for t in texts}) == len(texts), f"{where}: options {texts}"
    assert texts == list(made.options) and made.answer_type == "choice", where


def _check_texts(task: Task[Any, Any], drawn: engine.Drawn, made: Sample) -> None:
    where = made.data_id
    closing = made.answer
    if drawn.options:
        closing += ": " + made.options[[o.letter for o in drawn.options].index(made.answer)]
        assert made.question.endswith(option_lines(drawn.options)), where
    lines = made.analysis.splitlines()
    assert lines[-1] == f"So the answer is {closing}.", f"{where}: ends with {lines[-1]!r}"
    assert len(lines) > 1, f"{where}: the analysis derives nothing"
    for text in (made.question, made.analysis):
        leaked = re.search(r"\bNone[,)\]]|<[a-z_.]+ object|  \n", text)
        assert leaked is None, f"{where}: {text!r}"
    question = task.ask(drawn.state, drawn.query)
    for word in (" image", " picture"):
        assert word not in question.lower(), f"{where}: the question speaks of an{word}"


def check_letters(game: Game[Any, Any], samples: int) -> None:
    """Each letter is right as often as any other: no position gives the answer away."""
    for task in game.tasks:
        hits: dict[str, float] = defaultdict(float)
        expected: dict[str, float] = defaultdict(float)
        variance: dict[str, float] = defaultdict(float)
        for address in _cell_addresses(game, task, samples):
            drawn = engine.draw(game, task, address)
            if not drawn.options:
                break
            share = 1 / len(drawn.options)
            for option in drawn.options:
                expected[option.letter] += share
                variance[option.letter] += share * (1 - share)
                hits[option.letter] += option.value == drawn.solution.value
        for letter in expected:
            z = (hits[letter] - expected[letter]) / max(variance[letter], 1e-9) ** 0.5
            assert abs(z) < _UNLIKELY, f"{game.slug}/{task.slug}: {letter} right {hits[letter]}x"


def check_splits(game: Game[Any, Any], samples: int) -> None:
    """A state lies in the split asked for, and no picture of one split occurs in another."""
    seen: dict[str, Split] = {}
    for index in range(samples):
        for split in Split:
            made = sample(game, split=split, index=index)
            state = game.decode(json.loads(made.state))
            assert split_of(game.slug, game.split_key(state)) is split, made.data_id
            assert made.picture is not None
            digest = made.picture.digest()
            owner = seen.setdefault(digest, split)
            assert owner is split, f"{made.data_id}: its picture occurs in {owner} too"


def check_styles(game: Game[Any, Any], samples: int) -> None:
    """Every style draws within bounds and leaves question, answer and analysis alone."""
    for index in range(max(3, samples // 4)):
        plain = sample(game, index=index)
        for style in STYLES:
            for min_pixels in (engine.MIN_PIXELS, 600 * 600, 850 * 850):
                made = sample(game, index=index, style=style, min_pixels=min_pixels)
                picture, where = made.picture, f"{made.data_id} in {style}"
                assert picture is not None
                assert picture.width * picture.height >= min_pixels, f"{where}: {picture.size}"
                assert max(picture.size) <= MAX_SIDE, f"{where}: {picture.size}"
                assert len(picture.palette) <= 256 and picture.indices.dtype == np.uint8, where
                assert int(picture.indices.max()) < len(picture.palette), where
                assert len(np.unique(picture.indices)) > 2, f"{where}: an empty picture"
                assert picture.indices[0, 0] == 0, f"{where}: index 0 is not the background"
                assert (made.question, made.options) == (plain.question, plain.options), where
                assert (made.answer, made.analysis) == (plain.answer, plain.analysis), where


def check_text_view(game: Game[Any, Any], samples: int) -> None:
    """In text modality the board stands before the question, and there is no picture."""
    for index in range(samples):
        shown = sample(game, index=index)
        told = sample(game, index=index, modality="text")
        assert told.picture is None and told.row()["image"] is None, told.data_id
        assert told.question.endswith("\n\n" + shown.question), told.data_id
        board = told.question[: -len(shown.question)].strip()
        assert board, f"{told.data_id}: describe() is empty"
        assert (told.answer, told.state) == (shown.answer, shown.state), told.data_id


def check_reproducible(game: Game[Any, Any], samples: int) -> None:
    """The same address gives the same bytes in any order and process, and touches no global."""
    random.seed(1)
    np.random.seed(1)  # the global state is what must stay untouched
    before = random.getstate(), np.random.get_state()[1].tobytes()  # type: ignore[index]
    # Where a set is gone through in the order of its hashes, only some samples show it.
    count = max(3, samples // 2)
    here = digest(game, samples=count)
    after = random.getstate(), np.random.get_state()[1].tobytes()  # type: ignore[index]
    assert before == after, f"{game.slug}: a global random generator was used"
    assert digest(game, samples=count, backwards=True) == here, f"{game.slug}: depends on the order"
    if game.slug not in list_games():
        return  # another process could not find it
    code = "from gameqa import testing as t; "
    code += f"print(t.digest(t.get_game({game.slug!r}), samples={count}))"
    environment = {**os.environ, "PYTHONHASHSEED": "4711"}
    there = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert there == here, f"{game.slug}: another process makes other samples"


def digest(game: Game[Any, Any], samples: int = 3, backwards: bool = False) -> str:
    """Return a fingerprint of texts and pixels of some samples of every task, level and style."""
    places = [
        (task, level, style, index)
        for task in game.tasks
        for level in game.levels
        for index in range(samples)
        for style in (STYLES[index % len(STYLES)],)
    ]
    lines = {}
    for task, level, style, index in reversed(places) if backwards else places:
        made = sample(
            game,
            task=task.slug,
            plot_level=level,
            index=index,
            style=style,
            answer_format=("choice", "open")[index % 2],
        )
        assert made.picture is not None
        texts = {name: getattr(made, name) for name in COLUMNS if name != "image"}
        lines[made.data_id] = engine.to_json([texts, made.picture.digest()])
    text = "\n".join(lines[key] for key in sorted(lines))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


CHECKS: tuple[Callable[[Game[Any, Any], int], None], ...] = (
    check_declaration,
    check_rows,
    check_letters,
    check_splits,
    check_styles,
    check_text_view,
    check_reproducible,
)
"""All checks, cheapest first."""


def _cell_addresses(game: Game[Any, Any], task: Task[Any, Any], samples: int) -> Iterator[Address]:
    for level in game.levels:
        for index in range(samples):
            split = (Split.TRAIN, Split.VALIDATION, Split.TEST)[index % 3]
            yield engine.address_of(game, task, level, split, 0, index)


def _addresses(
    game: Game[Any, Any], samples: int
) -> Iterator[tuple[Task[Any, Any], Address, Form]]:
    """Yield the addresses of every cell, in every form that the task is served in."""
    for task in game.tasks:
        for form in task.forms:
            for address in _cell_addresses(game, task, samples):
                yield task, address, form
