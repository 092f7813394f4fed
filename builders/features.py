"""The 18 columns as `datasets` features."""

from __future__ import annotations

from datasets import Features, Image, Sequence, Value

from gameqa.sample import COLUMNS

DESCRIPTIONS = {
    "data_id": "The sample's address: game, version, task, plot level, split, seed, index.",
    "game": "The game's name in code.",
    "category": "One of the four categories of games.",
    "domain": '"in" for games to train on, "out" for games held out.',
    "task": "The task's name in code.",
    "question_id": "The published id of the task.",
    "question_description": "What the task asks, in one phrase.",
    "qa_type": '"Target Perception", "State Prediction" or "Strategy Optimization".',
    "qa_level": 'How hard the question is: "Easy", "Medium" or "Hard".',
    "plot_level": 'How hard the board is: "Easy", "Medium" or "Hard".',
    "image": "The picture, a palette PNG; none in text modality.",
    "question": "The question with its rules and, if any, its lettered options.",
    "options": "The option texts without letters; empty when the question is open.",
    "answer": "The letter of the right option, or the canonical text of an open answer.",
    "answer_type": '"choice", or the kind of the open answer.',
    "analysis": "The derivation, step by step, ending in the answer.",
    "state": "The state as JSON; with the query it determines the answer.",
    "query": "What is asked, as JSON.",
}
"""What each column holds, for people."""


def features() -> Features:
    """Return the typed columns, in order."""
    special = {
        "question_id": Value("int64"),
        "image": Image(),
        "options": Sequence(Value("string")),
    }
    return Features({column: special.get(column, Value("string")) for column in COLUMNS})
