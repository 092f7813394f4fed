"""Rows as small as an evaluation reads them, with answers that are known by hand."""

import pytest


def make_row(number, answer="B", options=("up", "down", "left", "right"), **columns):
    row = {
        "data_id": f"row-{number}",
        "game": "sokoban",
        "category": "Strategic Planning",
        "domain": "in",
        "task": "minimum_moves",
        "question_id": 3,
        "qa_type": "Strategy Optimization",
        "qa_level": "Hard",
        "plot_level": "Easy",
        "question": "What is the least number of moves?",
        "options": list(options),
        "answer": answer,
        "answer_type": "choice" if options else "integer",
        "state": "{}",
        "query": "{}",
        "image": None,
    }
    return {**row, **columns}


@pytest.fixture
def row():
    return make_row
