"""Where in a response its answer stands: tags, boxes, answer lines, or the reply as a whole.

Everything here looks at each character a fixed number of times: scanners and bounded patterns
only, so that a megabyte of brackets costs no more than a megabyte of prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST = 16
"""Different marked answers that are looked at; a response with more is refused."""

# Patterns that start with a literal sign are searched for at the speed of memory.
_THINK = re.compile(r"<(/?)(?:think|Think|THINK)(?:ing|ING)?>")
_THINK_TOKEN = re.compile(r"◁(/?)think▷")
_TAG = re.compile(r"<(/?)(?:answer|Answer|ANSWER) ?>")
_BOX = re.compile(r"\\(?:boxed|fbox) ?(\{)|\\.|[{}]", re.DOTALL)
_BOX_TOKEN = re.compile(r"<\|(?:begin|(end))_of_box\|>")
_END_TOKEN = re.compile(r"(?:<\|[A-Za-z_]{1,24}\|>|</s>|<eos>|<end_of_turn>)\s{0,8}\Z")
_MARK = re.compile(
    r"\b(?:answer|(?:correct|right) (?:option|choice))\b|答案|正确选项", re.IGNORECASE
)
# What stands between "answer" and the answer itself: a colon, perhaps in emphasis, or a verb.
_JOINT = re.compile(
    r"(?: (?:to|of) (?:the|this) (?:question|puzzle|problem))?(?: here)?[*_`]{0,3} {0,2}"
    r"(?:[:：=][*_`]{0,3}|(?P<verb>(?:is|are|was|would be|should be|must be)\b|[是为选])"
    r" {0,2}[:：]?)|[*_`]{0,3} {0,2}(?P<heading>\r?\n)",
    re.IGNORECASE,
)
# What may stand before "answer" on its line for the line to be a label and not a sentence.
_LABEL = re.compile(
    r"[\s>#*_`•\-]{0,12}(?:so|thus|therefore|hence)?,? ?(?:the |my )?"
    r"(?:final |correct |right ){0,2}(?:最终)?(?:正确)?\Z",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"([A-Za-z']+)[\s*_]{0,3}\Z")
_NOT_THE = frozenset(
    "wrong incorrect false other another no not possible first initial previous old bad an any "
    "each every if that't".split()
)
_LEAD = re.compile(r"(?:```[A-Za-z+]{1,12}[ \t\r]*\n|[ \t\r\n*_`])*")


@dataclass(frozen=True)
class Mark:
    """One place that is marked as the answer.

    Attributes:
        text: what stands there.
        after: what follows on later lines, for marks that have no end of their own.
        is_line: whether it is an answer line, whose sentence may go on after the answer.
        is_label: whether it is an answer line of the form ``Answer: …``.
    """

    text: str
    after: str = ""
    is_line: bool = False
    is_label: bool = False


def visible_part(response: str) -> str | None:
    """Return what a response says after its thinking; None where the thinking is not closed."""
    text = response
    for pattern, sign in ((_THINK, "<"), (_THINK_TOKEN, "◁")):
        if sign in text:
            is_closing, end = True, 0
            for found in pattern.finditer(text):
                is_closing, end = bool(found[1]), found.end()
            if not is_closing:
                return None
            text = text[end:]
    text = text.strip()
    for _ in range(4):
        if not text.endswith(">") or (end_token := _END_TOKEN.search(text, len(text) - 40)) is None:
            break
        text = text[: end_token.start()].rstrip()
    return text


def tags(text: str) -> list[str] | None:
    """Return what stands in each ``<answer>…</answer>``; None where the last is not closed."""
    return _between(_TAG, text) if "<" in text else []


def boxes(text: str) -> list[str] | None:
    r"""Return what stands in each outermost ``\boxed{}``; None where one is not closed."""
    found = _between(_BOX_TOKEN, text) if "_of_box|>" in text else []
    if found is None or ("\\boxed" not in text and "\\fbox" not in text):
        return found
    depth, opened_at, start = 0, -1, 0
    for brace in _BOX.finditer(text):
        if brace[0] == "}":
            depth = max(0, depth - 1)
            if depth == opened_at:
                found.append(text[start : brace.start()])
                opened_at = -1
        elif brace[0] == "{" or brace[1]:
            if brace[1] and opened_at < 0:
                opened_at, start = depth, brace.end()
            depth += 1
    return None if opened_at >= 0 else found


def _between(pattern: re.Pattern[str], text: str) -> list[str] | None:
    found, start = [], -1
    for tag in pattern.finditer(text):
        if not tag[1]:
            start = tag.end()
        elif start >= 0:
            found.append(text[start : tag.start()])
            start = -1
    return None if start >= 0 else found


def answer_lines(text: str, longest: int) -> Iterator[Mark]:
    """Yield the answer lines (``Answer: …``, ``The answer is …``, ``答案是…``), in order."""
    line_start = 0
    for mark in _MARK.finditer(text):
        joint = _JOINT.match(text, mark.end())
        if joint is None:
            continue
        before = _WORD_BEFORE.search(text, max(0, mark.start() - 24), mark.start())
        if before is not None and before[1].lower() in _NOT_THE:
            continue
        # A label may be followed by line breaks or a fence, then by the answer.
        lead = _LEAD.match(text, joint.end())
        start = lead.end() if lead else joint.end()
        end = text.find("\n", start, start + longest + 1)
        end = min(len(text), start + longest + 1) if end < 0 else end
        line_start = max(line_start, text.rfind("\n", line_start, mark.start()) + 1)
        is_label = (
            joint["verb"] is None
            and mark.start() - line_start < 40
            and _LABEL.match(text, line_start, mark.start()) is not None
        )
        if joint["heading"] and not is_label:
            continue
        after = text[end : end + longest]
        again = _MARK.search(after)
        if again is not None:
            after = after[: after.rfind("\n", 0, again.start()) + 1]
        yield Mark(text[start:end], after, is_line=True, is_label=is_label)
