"""The file and class in the real VLMEvalKit: the prompt, and the scores of known models."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops

pytest.importorskip("vlmeval", reason="needs VLMEvalKit (ms-vlmeval): `make harnesses`")

from gameqa.builders.harnesses import vlmevalkit


@pytest.fixture(scope="module")
def dataset(rows, tmp_path_factory):
    folder = tmp_path_factory.mktemp("LMUData")
    assert vlmevalkit.write_tsv(rows, folder / "GameQA.tsv") == len(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LMUData", str(folder))
        vlmevalkit.register("GameQA")
        from vlmeval.dataset import build_dataset

        yield build_dataset("GameQA")


def test_it_is_our_class_and_shows_what_is_in_the_row(dataset, rows):
    """Catches a file taken for VLMEvalKit's own kind, and a picture that changed on the way."""
    assert type(dataset).__name__ == "GameQA"
    assert len(dataset) == len(rows)
    for number in (0, len(rows) // 2, len(rows) - 1):
        picture, text = dataset.build_prompt(number)
        shown, made = (
            Image.open(file).convert("RGB")
            for file in (picture["value"], io.BytesIO(rows[number]["image"]["bytes"]))
        )
        assert shown.size == made.size
        assert ImageChops.difference(shown, made).getbbox() is None
        assert text["value"].startswith(rows[number]["question"])
        assert "<answer>" in text["value"]


@pytest.mark.parametrize("suffix", ["xlsx", "tsv"])
def test_scores_are_those_of_the_models(dataset, rows, model, suffix, tmp_path):
    """Catches scores by row number, answers lost on the way through a file, and a lenient score."""
    from vlmeval.smp import dump

    respond, (low, high) = model
    table = dataset.data.drop(columns="image")
    table["prediction"] = [respond(row) for row in rows]
    file = tmp_path / f"stub_GameQA.{suffix}"
    dump(table.sample(frac=1, random_state=0), str(file))
    result = dataset.evaluate(str(file))
    shown = result.iloc[0, :5].to_dict()
    print(f"\nVLMEvalKit, {len(rows)} rows, {low:.3f} to {high:.3f} expected: {shown}")
    assert low <= result["Overall"][0] <= high
    assert (tmp_path / "stub_GameQA_acc.csv").exists()
