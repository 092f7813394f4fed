"""The task in the real inspect_ai: it runs, and scores what models are worth."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

inspect_ai = pytest.importorskip("inspect_ai", reason="needs inspect_ai: `make harnesses`")

from inspect_ai.model import ModelAPI, ModelOutput, get_model, modelapi  # noqa: E402

import gameqa  # noqa: E402
from gameqa.builders.harnesses.inspect_ai import gameqa as gameqa_task  # noqa: E402
from gameqa.builders.harnesses.inspect_ai import sample_of, task_of  # noqa: E402


class Stub(ModelAPI):
    """A model that looks its response up by what it is shown."""

    def __init__(self, model_name: str, *args, responses: dict, **kwargs) -> None:
        super().__init__(model_name)
        self.responses = responses

    async def generate(self, input, tools, tool_choice, config):
        return ModelOutput.from_content("stub", self.responses[shown(input)])

    async def count_tokens(self, input, *args, **kwargs):
        return 1  # the usual way of counting downloads a file


@modelapi(name="stub")
def stub():
    return Stub


def shown(messages) -> tuple[str, ...]:
    """Return picture and text as the model gets them."""
    (message,) = messages
    return tuple(getattr(part, "image", None) or part.text for part in message.content)


def test_scores_are_those_of_the_models(rows, bench, model, tmp_path):
    """Catches rows shown or scored by another's answer, and a lenient or strict scorer."""
    respond, (low, high) = model
    responses = {shown(sample_of(row).input): respond(row) for row in rows}
    assert len(responses) == len(rows)
    (log,) = inspect_ai.eval(
        gameqa_task(dataset=bench),
        model=get_model("stub/stub", responses=responses, memoize=False),
        log_dir=str(tmp_path),
        display="none",
    )
    assert log.status == "success", log.error
    metrics = {name: metric.value for name, metric in log.results.scores[0].metrics.items()}
    print(f"\ninspect_ai, {len(rows)} rows, {low:.3f} to {high:.3f} expected: {metrics}")
    assert low <= metrics["accuracy"] <= high
    assert "stderr" in metrics
    assert len(metrics) > 5, "no accuracy by category"
    assert all(sample.scores["gameqa_grade"].explanation for sample in log.samples)


def test_the_picture_is_the_rows(rows):
    """Catches a picture that is encoded again, or left out."""
    picture, text = shown(sample_of(rows[0]).input)
    png = base64.b64decode(picture.removeprefix("data:image/png;base64,"))
    assert png == rows[0]["image"]["bytes"]
    assert Image.open(io.BytesIO(png)).format == "PNG"
    assert "<answer>" in text


def test_the_name_for_the_command_line_is_known():
    """Catches an entry point that inspect_ai does not find: `inspect eval gameqa/gameqa`."""
    from inspect_ai._util.entrypoints import ensure_entry_points
    from inspect_ai._util.registry import registry_lookup

    ensure_entry_points("gameqa")
    assert registry_lookup("task", "gameqa/gameqa") is not None


def test_rows_that_cannot_be_asked_are_one_line(rows):
    """Catches an evaluation of nothing, and a misspelt style that only shows in the logs."""
    with pytest.raises(gameqa.GameQAError, match="no rows"):
        task_of([])
    with pytest.raises(gameqa.GameQAError, match=r"'boxd'.*Did you mean 'boxed'"):
        task_of(rows, answer_style="boxd")
