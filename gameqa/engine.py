"""From an address to a sample: the one place where states are redrawn and options lettered."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from gameqa.address import Address
from gameqa.errors import GenerationError
from gameqa.game import Game, Plan, Query, Solution, Task
from gameqa.options import Option, letter_options, option_lines
from gameqa.rng import Rng
from gameqa.sample import Form, Level, Modality, Sample, Split
from gameqa.splits import split_of

if TYPE_CHECKING:
    from gameqa.drawing import Picture

MAX_DRAWS = 10_000
"""States looked at for one sample before the generator is reported as broken."""

MIN_PIXELS = 448 * 448
"""The least number of pixels of a picture by default."""


@dataclass(frozen=True)
class Drawn:
    """What an address turned out to be: state, query, solution, and lettered options if any."""

    state: Any
    query: Query
    solution: Solution
    options: tuple[Option, ...]


def address_of(
    game: Game[Any, Any], task: Task[Any, Any], level: Level, split: Split, seed: int, index: int
) -> Address:
    """Return the address of a sample under the game's present version."""
    return Address(game.slug, game.version, task.slug, level, split, seed, index)


def make(
    game: Game[Any, Any],
    task: Task[Any, Any],
    address: Address,
    *,
    style: str = "classic",
    answer_format: Form = Form.CHOICE,
    modality: Modality = Modality.IMAGE,
    min_pixels: int = MIN_PIXELS,
) -> Sample:
    """Make the sample of an address.

    Args:
        game: the game of the address.
        task: the task of the address.
        address: where the sample lives.
        style: one of `gameqa.drawing.STYLES`.
        answer_format: the wished form; a task that lacks it is served in its first form.
        modality: picture, or the board as text at the head of the question.
        min_pixels: the least number of pixels of the picture.

    Raises:
        GenerationError: no state was found within `MAX_DRAWS` draws.
    """
    drawn = draw(game, task, address, answer_format)
    state, query, solution, options = drawn.state, drawn.query, drawn.solution, drawn.options
    question = task.ask(state, query)
    if options:
        question += "\n\n" + option_lines(options)
        right = next(o for o in options if o.value == solution.value)
        answer, answer_type, closing = right.letter, "choice", f"{right.letter}: {right.text}"
    else:
        question += "\n\n" + task.kind.form
        answer = closing = task.kind.text(solution.value)
        answer_type = task.kind.name
    analysis = task.explain(state, query, solution, options).rstrip()
    picture = None
    if modality is Modality.TEXT:
        question = game.describe(state, query).rstrip() + "\n\n" + question
    else:
        picture = draw_picture(game, state, query, style, address.rng("style"), min_pixels)
    return Sample(
        data_id=str(address),
        game=game.slug,
        category=game.category.value,
        domain=game.domain.value,
        task=task.slug,
        question_id=task.question_id,
        question_description=task.description,
        qa_type=task.qa_type.value,
        qa_level=task.qa_level.value,
        plot_level=address.plot_level.value,
        question=question,
        options=tuple(option.text for option in options),
        answer=answer,
        answer_type=answer_type,
        analysis=f"{analysis}\nSo the answer is {closing}.",
        state=to_json(game.encode(state)),
        query=to_json(query),
        picture=picture,
    )


def to_json(data: Any) -> str:
    """Write the columns ``state`` and ``query``: compact, in the order of the fields."""
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def draw_picture(
    game: Game[Any, Any], state: Any, query: Query, style: str, rng: Rng, min_pixels: int
) -> Picture:
    """Draw a state in a style at no fewer than ``min_pixels`` pixels."""
    from gameqa.drawing import resolve

    picture = game.render(state, query, resolve(style, rng).sized(min_pixels))
    return picture.padded(min_pixels)


def draw(
    game: Game[Any, Any], task: Task[Any, Any], address: Address, answer_format: Form = Form.CHOICE
) -> Drawn:
    """Find the state, query and options of an address.

    What the sample is to be is drawn first; states are redrawn, each from the next substream,
    until one belongs to the split and suits the plan.

    Raises:
        GenerationError: no state was found within `MAX_DRAWS` draws.
    """
    form = answer_format if answer_format in task.forms else task.forms[0]
    knobs = game.levels[address.plot_level]
    plan = _plan(task, knobs, form, address, 0)
    draws = substreams = renewals = 0
    while max(draws, substreams) < MAX_DRAWS:
        if task.patience and max(draws, substreams) // task.patience > renewals:
            renewals = max(draws, substreams) // task.patience
            plan = _plan(task, knobs, form, address, renewals)
        rng = address.rng("state", substreams)
        substreams += 1
        for state in _candidates(game, task, plan, rng):
            draws += 1
            if split_of(game.slug, game.split_key(state)) is not address.split:
                continue
            query = task.draw(state, plan, rng)
            if query is None:
                continue
            solution = task.solve(state, query)
            if form is Form.OPEN:
                return Drawn(state, query, solution, ())
            wrong = task.distractors(state, query, solution, plan, rng)
            if wrong is not None:
                text = partial(task.option_text, state, query)
                options = letter_options(solution.value, wrong, text, address.rng("letters"))
                return Drawn(state, query, solution, options)
    raise GenerationError(
        f"No state for {address} in {max(draws, substreams):,} draws; "
        f"{knobs} with {dict(plan.wanted)} is infeasible."
    )


def _plan(
    task: Task[Any, Any], knobs: Any, form: Form, address: Address, renewals: int
) -> Plan[Any]:
    return Plan(knobs, form, task.plan(knobs, form, address.rng("plan", renewals)))


def _candidates(
    game: Game[Any, Any], task: Task[Any, Any], plan: Plan[Any], rng: Rng
) -> Iterable[Any]:
    own = task.states(plan, rng)
    if own is not None:
        return own
    state = game.generate(plan.knobs, rng)
    return () if state is None else (state,)
