"""The vocabulary: levels, question types, categories, domains, splits, and the sample itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gameqa.errors import unknown

if TYPE_CHECKING:
    from PIL.Image import Image

    from gameqa.drawing import Picture


class _Name(str, enum.Enum):
    """A closed set of names; reading one ignores case, spaces, hyphens and underscores."""

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def _title(cls) -> str:
        return cls.__name__.lower()

    @classmethod
    def parse(cls, name: object) -> Any:
        """Return the member of that name.

        Raises:
            GameQAError: the name is none of the members'.
        """
        if isinstance(name, cls):
            return name
        folded = _fold(str(name))
        for member in cls:
            if folded in (_fold(member.value), _fold(member.name)):
                return member
        raise unknown(cls._title(), name, [member.value for member in cls])


def _fold(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


class Level(_Name):
    """How hard a board (plot level) or a question (QA level) is."""

    EASY = "Easy"
    MEDIUM = "Medium"
    HARD = "Hard"


class QAType(_Name):
    """What a question asks of a reader: look, foresee, or plan."""

    TARGET_PERCEPTION = "Target Perception"
    STATE_PREDICTION = "State Prediction"
    STRATEGY_OPTIMIZATION = "Strategy Optimization"


class Category(_Name):
    """The four categories of games; the member's slug names a dataset config."""

    SPATIAL_3D = "3D Spatial Perception and Understanding"
    PATTERN_MATCHING = "Pattern Recognition and Matching"
    MULTI_STEP_REASONING = "Multi-step Reasoning"
    STRATEGIC_PLANNING = "Strategic Planning"

    @property
    def slug(self) -> str:
        """The category's name as a config, e.g. ``"spatial_3d"``."""
        return self.name.lower()


class Domain(_Name):
    """Whether a game is meant for training (in) or held out (out)."""

    IN = "in"
    OUT = "out"


class Split(_Name):
    """The split a state belongs to, by the hash of what its picture shows."""

    TRAIN = "train"
    VALIDATION = "validation"
    TEST = "test"


class Form(_Name):
    """How a task is served: with lettered options, or open with a canonical text."""

    CHOICE = "choice"
    OPEN = "open"

    @classmethod
    def _title(cls) -> str:
        return "answer_format"


class Modality(_Name):
    """Whether a reader is given the board as a picture or as text."""

    IMAGE = "image"
    TEXT = "text"


@dataclass(frozen=True)
class Sample:
    """One question about one state: the 18 columns of a row, the picture not yet encoded.

    Attributes:
        options: option texts without letters; empty when the question is open.
        answer: the right option's letter, or the canonical text of an open answer.
        answer_type: ``"choice"``, or the name of the open answer's kind.
        analysis: the derivation, ending in the answer.
        state: JSON from which, with ``query``, the answer follows.
        query: JSON of what is asked.
        picture: the picture in palette indices; None in text modality.
    """

    data_id: str
    game: str
    category: str
    domain: str
    task: str
    question_id: int
    question_description: str
    qa_type: str
    qa_level: str
    plot_level: str
    question: str
    options: tuple[str, ...]
    answer: str
    answer_type: str
    analysis: str
    state: str
    query: str
    picture: Picture | None

    @cached_property
    def png(self) -> bytes | None:
        """The picture as the bytes of a palette PNG; None in text modality."""
        return None if self.picture is None else self.picture.png()

    @property
    def image(self) -> Image | None:
        """The picture as a PIL image; None in text modality."""
        return None if self.picture is None else self.picture.image()

    def row(self) -> dict[str, Any]:
        """Return the 18 columns as a row that ``datasets`` writes without decoding the picture."""
        values: dict[str, Any] = {}
        for column in COLUMNS:
            if column == "image":
                values[column] = None if self.png is None else {"bytes": self.png, "path": None}
            else:
                values[column] = getattr(self, column)
        values["options"] = list(self.options)
        return values


COLUMNS = (
    "data_id",
    "game",
    "category",
    "domain",
    "task",
    "question_id",
    "question_description",
    "qa_type",
    "qa_level",
    "plot_level",
    "image",
    "question",
    "options",
    "answer",
    "answer_type",
    "analysis",
    "state",
    "query",
)
