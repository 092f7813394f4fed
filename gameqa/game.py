"""The contract: what a game and a task are.

A game knows how to make, store, show and describe a state. A task knows how to ask one kind of
question about it. Neither knows seeds, splits, letters or columns: `gameqa.engine` brings them
together. All methods are pure functions of their arguments: nothing is kept on ``self``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from gameqa.answers import AnswerKind
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Form, Level, QAType

if TYPE_CHECKING:
    from gameqa.drawing import Picture, Style

State = TypeVar("State")
Knobs = TypeVar("Knobs")

Query = dict[str, Any]
"""What is asked, as JSON-able data: with the state it determines question and answer."""


@dataclass(frozen=True)
class Plan(Generic[Knobs]):
    """What a sample is to be: settled before any state is drawn, kept while states are redrawn.

    Attributes:
        knobs: the plot level's knobs.
        form: whether options will be shown.
        wanted: what `Task.plan` drew (the wanted answer, the window of options, shares ...).
    """

    knobs: Knobs
    form: Form
    wanted: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """Return one entry of ``wanted``."""
        return self.wanted[name]

    @property
    def is_choice(self) -> bool:
        """Whether options will be shown."""
        return self.form is Form.CHOICE


@dataclass(frozen=True)
class Solution:
    """An answer and how it came about.

    Attributes:
        value: the answer, in the shape the task's `AnswerKind` writes and reads.
        facts: whatever `Task.explain` needs to tell the derivation.
    """

    value: Any
    facts: Any = None


class Task(ABC, Generic[State, Knobs]):
    """One kind of question about a game.

    Class attributes:
        slug: the task's name in code and columns.
        question_id: the published id, or 100 and up for tasks of our own (off by default).
        description: what is asked, in one phrase (the column ``question_description``).
        qa_type, qa_level: the published type and level.
        kind: the kind of the answer's value.
        forms: the forms it can be served in; the first is used when the wished one is not there.
        patience: draws after which `plan` is drawn anew, where the game's page allows that.
    """

    slug: ClassVar[str]
    question_id: ClassVar[int]
    description: ClassVar[str]
    qa_type: ClassVar[QAType]
    qa_level: ClassVar[Level]
    kind: ClassVar[AnswerKind]
    forms: ClassVar[tuple[Form, ...]] = (Form.CHOICE, Form.OPEN)
    patience: ClassVar[int | None] = None

    @property
    def is_default(self) -> bool:
        """Whether the task is served when none is asked for by name."""
        return self.question_id < 100

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        """Draw what the sample is to be, before and independent of any state."""
        return {}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterable[State] | None:
        """Return candidate states from one substream, in the order to try them.

        None, the default, means one state of the game's own `Game.generate`. A generator lets a
        task offer several starts of one costly layout; whatever is wrong with a state's split or
        with the query drawn for it, the next candidate is tried, then the next substream.
        """
        return None

    @abstractmethod
    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        """Pick what is asked, or return None where the state does not suit the plan.

        Whatever the question mentions is in the query. Where several answers would be right and
        one of them is listed as an option, the query names it, and `solve` returns it.
        """

    @abstractmethod
    def ask(self, state: State, query: Query) -> str:
        """Word the question, rules included; options and their letters are added elsewhere."""

    @abstractmethod
    def solve(self, state: State, query: Query) -> Solution:
        """Work the answer out from state and query alone, without randomness."""

    @abstractmethod
    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        """Tell the derivation step by step; the closing line with the answer is added elsewhere.

        Args:
            state: the state asked about.
            query: what was asked.
            solution: what `solve` returned for both.
            options: the lettered options, empty when the question is open.
        """

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        """Return whether an answer value is right: equal to the solution unless overridden."""
        return bool(value == self.solve(state, query).value)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        """Return the wrong values to show beside the solution's, or None to redraw the state.

        Only called for the choice form. See `gameqa.options` for ways that leave no trace of the
        truth.
        """
        raise NotImplementedError(f"{type(self).__name__} is served open, or lacks distractors()")

    def option_text(self, state: State, query: Query, value: Any) -> str:
        """Write a value as an option; the canonical text unless overridden."""
        return self.kind.text(value)


class Game(ABC, Generic[State, Knobs]):
    """A game: its states and how they are made, stored, split, drawn and told.

    Class attributes:
        slug: the game's name in code, configs and columns.
        title: its name for people.
        category, domain: its place in the published table.
        aliases: other names that find it, the published directory's among them.
        version: raised whenever an output changes on purpose; part of every seed.
        levels: the knobs of each plot level.
        tasks: its tasks in order of question id.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    category: ClassVar[Category]
    domain: ClassVar[Domain]
    aliases: ClassVar[tuple[str, ...]] = ()
    version: ClassVar[int]
    levels: ClassVar[Mapping[Level, Any]]
    tasks: ClassVar[tuple[Task[Any, Any], ...]]

    @abstractmethod
    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a state, or return None where this substream leads nowhere."""

    @abstractmethod
    def encode(self, state: State) -> dict[str, Any]:
        """Return the state as JSON-able data."""

    @abstractmethod
    def decode(self, data: Mapping[str, Any]) -> State:
        """Return the state that `encode` wrote; ``decode(encode(state)) == state``."""

    @abstractmethod
    def split_key(self, state: State) -> Any:
        """Return what the picture shows of the state, in canonical JSON-able form or bytes."""

    @abstractmethod
    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the state."""

    @abstractmethod
    def describe(self, state: State, query: Query) -> str:
        """Tell in text what the picture shows, no more and no less."""

    def task(self, name: str) -> Task[Any, Any]:
        """Return the task of that slug or question id.

        Raises:
            GameQAError: the game has no such task.
        """
        from gameqa.errors import unknown

        folded = str(name).lower().replace("-", "_")
        for task in self.tasks:
            if folded in (task.slug, str(task.question_id)):
                return task
        raise unknown(f"task of {self.slug}", name, [task.slug for task in self.tasks])
