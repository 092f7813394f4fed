"""What every answer kind has: a canonical text and the way back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from gameqa.errors import GameQAError


class AnswerKind(ABC):
    """A kind of answer value.

    Attributes:
        name: the ``answer_type`` of open samples of this kind.
        form: one sentence that tells a reader how to write an open answer.
    """

    name: str
    form: str

    @abstractmethod
    def text(self, value: Any) -> str:
        """Write a value in its canonical text."""

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Read a canonical text back.

        Raises:
            GameQAError: the text is not a canonical text of this kind.
        """

    def read(self, text: str) -> Any:
        """Read an answer as people word it, for grading: as strictly as `parse` unless overridden.

        Args:
            text: plain text (no LaTeX or markdown) that must be an answer as a whole.

        Raises:
            GameQAError: the text is not exactly one answer.
        """
        return self.parse(text)

    def _reject(self, text: str) -> GameQAError:
        return GameQAError(f"{text!r} is not a {self.name} answer. {self.form}")
