"""Streams in PyTorch's DataLoader: workers and ranks share the rows exactly, and can stop anywhere.

Run as a script it prints the table of loaders with counts and digests.
"""

import hashlib
import sys
from itertools import islice

import datasets
import pytest
from datasets import load_dataset
from datasets.distributed import split_dataset_by_node

import gameqa  # noqa: F401
from gameqa.builders.streams import StepCurriculum, stream

torch = pytest.importorskip("torch", reason='needs PyTorch: pip install "gameqa[train]"')
data = torch.utils.data

ROWS = 400
SIZES = {"train_size": ROWS, "validation_size": 0, "test_size": 0}
LOADERS = [(1, 0), (1, 1), (1, 2), (1, 4), (2, 0), (2, 2), (4, 1)]


def fingerprint(row):
    image = row["image"]
    words = repr(sorted((key, value) for key, value in row.items() if key != "image"))
    return hashlib.blake2b(words.encode() + image["bytes"], digest_size=16).digest()


def digest(prints):
    """Fingerprint of rows whose order does not matter."""
    return hashlib.blake2b(b"".join(sorted(prints)), digest_size=8).hexdigest()


def encoded(rows):
    return rows.cast_column("image", datasets.Image(decode=False))


def read(rows, ranks, workers):
    """The fingerprints that each rank gets from a loader with that many workers."""
    return [
        [
            fingerprint(row)
            for row in data.DataLoader(
                split_dataset_by_node(rows, rank=rank, world_size=ranks),
                batch_size=None,
                num_workers=workers,
            )
        ]
        for rank in range(ranks)
    ]


def opened(config="in_domain", **options):
    return load_dataset("gameqa", config, split="train", streaming=True, **{**SIZES, **options})


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The fingerprints of the plain build."""
    place = str(tmp_path_factory.mktemp("plain"))
    built = load_dataset("gameqa", "in_domain", split="train", cache_dir=place, **SIZES)
    return [fingerprint(row) for row in encoded(built)]


@pytest.mark.parametrize(("ranks", "workers"), LOADERS)
def test_loaders_give_exactly_the_rows_of_the_plain_build(ranks, workers, plain):
    """Catches rows that are lost or doubled between workers and ranks, and unequal ranks."""
    parts = read(encoded(opened()), ranks, workers)
    assert {len(part) for part in parts} == {ROWS // ranks}
    together = [each for part in parts for each in part]
    assert len(set(together)) == ROWS
    assert digest(together) == digest(plain)
    if (ranks, workers) == (1, 0):
        assert together == plain


def test_a_mixture_is_divided_among_workers():
    """Catches workers that read the same steps, and shares that workers distort."""
    weights = {"sokoban": 3, "maze": 1}
    rows = stream("in_domain", weights=weights, modality="text").select_columns(["data_id", "game"])
    loader = data.DataLoader(rows, batch_size=None, num_workers=2)
    seen = list(islice(loader, 256))
    assert len({row["data_id"] for row in seen}) == 256
    assert abs([row["game"] for row in seen].count("sokoban") - 192) <= 2


def test_a_curriculum_reaches_the_workers_through_its_file(tmp_path):
    """Catches workers that go on with the levels of their start."""
    curriculum = StepCurriculum({0: "easy", 1: "hard"}, path=tmp_path / "log.jsonl")
    rows = stream("star_battle", curriculum=curriculum, modality="text").select_columns(
        ["data_id", "plot_level"]
    )
    loader = iter(data.DataLoader(rows, batch_size=8, num_workers=2, prefetch_factor=2))
    first = next(loader)["plot_level"]
    curriculum.advance(1)
    # At most the blocks begun (32 rows a worker) and the batches fetched ahead are still easy.
    later = [level for batch in islice(loader, 12) for level in batch["plot_level"]]
    assert set(first) == {"Easy"}
    assert set(later[64:]) == {"Hard"}


def test_a_curriculum_without_a_file_is_refused_in_workers():
    """Catches workers that silently read with a copy."""
    rows = stream("star_battle", curriculum=StepCurriculum({0: "easy"}), modality="text")
    loader = data.DataLoader(rows, batch_size=None, num_workers=1)
    with pytest.raises(Exception, match="without a file"):
        next(iter(loader))


def main():
    built = load_dataset("gameqa", "in_domain", split="train", **SIZES)
    prints = [fingerprint(row) for row in encoded(built)]
    print(f"plain build: {len(prints)} rows, digest {digest(prints)}")
    for ranks, workers in LOADERS:
        parts = read(encoded(opened()), ranks, workers)
        together = [each for part in parts for each in part]
        print(
            f"{ranks} ranks x {workers} workers: {'+'.join(str(len(part)) for part in parts)} rows,"
            f" {len(together) - len(set(together))} twice,"
            f" {len(set(prints) - set(together))} missing, digest {digest(together)}",
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
