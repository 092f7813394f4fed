"""`gameqa push`: whole or not at all, never twice, and nothing of others lost."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from huggingface_hub import DatasetCard, HfApi

from gameqa.builders.command_line import cli
from gameqa.builders.hub import push
from gameqa.errors import GameQAError

OTHER = """
name: other
games: [maze]
splits:
  train: {rows: 8}
modality: text
seed: 4
shard_rows: 4
"""


@pytest.fixture(autouse=True)
def without_plots(monkeypatch):
    """Leave out the card's plots, which take a second a card; test_card.py looks at them."""
    monkeypatch.setattr("gameqa.dataset_card.plots.plots", lambda facts: iter(()))


def shards(folder):
    """Return the data files of a build by their names."""
    paths = Path(folder).glob("data/**/*.parquet")
    return {path.relative_to(folder).as_posix(): path for path in paths}


def uploads(hub):
    """Return the paths of all uploads that the Hub took in."""
    return [call.path for call in hub.calls if call.route == "lfs_put" and call.status == 200]


def test_a_build_is_published_in_one_commit(here, folder):
    """Catches a release that is to be seen before it is whole, or whose bytes are others."""
    pushed = push(folder, "user/tiny")
    first, last = reversed(here.store.repo("user/tiny").history())
    assert list(first.files) == [".gitattributes"]
    assert pushed.commit == last.oid
    assert set(last.files) >= {"README.md", "manifest.json", "card/sokoban.png", *shards(folder)}
    for name, path in shards(folder).items():
        assert here.content("user/tiny", name) == path.read_bytes()
    again = push(folder, "user/tiny")
    assert (again.is_new, again.commit) == (False, last.oid)
    assert len(uploads(here)) == len(set(uploads(here)))


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (lambda hub: hub.fail("lfs_put", nth=4, status=400), "The Hub answered 400"),
        (lambda hub: hub.fail("lfs_verify", nth=2, status=403), "may not write"),
        (lambda hub: hub.fail("commit", status=503), "The Hub answered 503"),
        (lambda hub: hub.drop("commit"), "connection to http.* failed"),
        (lambda hub: hub.fail("preupload", status=413), "The Hub answered 413"),
    ],
    ids=["upload", "verification", "commit", "connection", "preupload"],
)
def test_a_failure_leaves_nothing_half_published_and_is_resumed(here, folder, fault, message):
    """Catches data without a card, a traceback, and files that are uploaded twice."""
    fault(here)
    with pytest.raises(GameQAError, match=message) as error:
        push(folder, "user/tiny")
    assert "\n" not in str(error.value)
    assert len(here.store.repo("user/tiny").history()) == 1
    assert push(folder, "user/tiny").is_new
    sent = uploads(here)
    assert sorted(sent) == sorted(set(sent)), "uploaded twice"
    assert len(here.store.repo("user/tiny").history()) == 2


def test_an_answer_that_is_lost_is_no_second_commit(here, folder):
    """Catches a release that is committed again because nobody heard that it was."""
    here.drop("commit", late=True)
    with pytest.raises(GameQAError, match="Run the same command again"):
        push(folder, "user/tiny")
    assert not push(folder, "user/tiny").is_new
    assert len(here.store.repo("user/tiny").history()) == 2


def test_a_short_failure_of_the_hub_is_waited_out(here, folder):
    """Catches a push that ends at the first hiccup, and parts that are put together wrongly."""
    here.part_size = 20_000
    here.fail("lfs_put", nth=2, status=500)
    here.slow("commit", 0.2)
    push(folder, "user/tiny")
    for name, path in shards(folder).items():
        assert here.content("user/tiny", name) == path.read_bytes()


def test_a_new_build_replaces_the_old_one_and_nothing_else(here, folder, builds):
    """Catches old shards left behind, and configs, files and words of others that are lost."""
    push(folder, "user/games")
    push(builds(OTHER), "user/games", config_name="text")
    api = HfApi()
    told = here.content("user/games", "README.md").decode()
    told = told.replace("\n<!-- gameqa:: begin", "\nWritten by hand.\n\n<!-- gameqa:: begin", 1)
    api.upload_file(
        path_or_fileobj=told.encode() + b"\nAnd at the end.\n",
        path_in_repo="README.md",
        repo_id="user/games",
        repo_type="dataset",
    )
    api.upload_file(
        path_or_fileobj=b"mine", path_in_repo="notes.txt", repo_id="user/games", repo_type="dataset"
    )
    before = set(here.files("user/games"))

    smaller = (folder / "recipe.yaml").parent / "smaller"
    shutil.copytree(builds(TINIER), smaller)
    sent = len(uploads(here))
    pushed = push(smaller, "user/games")

    after = here.files("user/games")
    old, new = set(shards(folder)), set(shards(smaller))
    assert before - set(after) == (old - new) | {"card/tictactoe.png"}
    assert pushed.deleted == len(old - new) + 1 > 1
    assert set(after) >= new
    assert {"notes.txt", "text/manifest.json"} <= set(after)
    card = DatasetCard(here.content("user/games", "README.md").decode())
    assert "Written by hand." in card.text
    assert card.text.rstrip().endswith("And at the end.")
    assert card.text.count("# Tiny GameQA") == 1
    configs = {config["config_name"]: config for config in card.data.configs}
    assert {"default", "sokoban", "text", "text-maze"} <= set(configs)
    assert "tictactoe" not in configs
    assert [c["config_name"] for c in card.data.configs if c.get("default")] == ["default"]
    assert {info["config_name"] for info in card.data.dataset_info} == set(configs)
    (text,) = configs["text-maze"]["data_files"]
    assert text == {"split": "train", "path": "text/data/maze/train-*.parquet"}
    assert len(uploads(here)) - sent <= len(new) + 8


TINIER = """
name: tiny
title: Tiny GameQA
games: [sokoban]
splits:
  train: {rows: 12}
seed: 3
png_encoder: zlib
shard_rows: 6
"""


def test_another_commit_in_between_is_kept(here, folder, monkeypatch):
    """Catches a commit on top of a state that is no longer the newest."""
    api = HfApi()
    push(folder, "user/tiny")
    repo = here.store.repo("user/tiny")
    real = HfApi.create_commit
    done = []

    def interrupted(self, *args, **kwargs):
        if not done:
            done.append(True)
            kept = here.store.keep(b"---\nlicense: mit\n---\nTheir words.\n")
            repo.add("main", "theirs", {**repo.at("main").files, "README.md": kept})
        return real(self, *args, **kwargs)

    monkeypatch.setattr(HfApi, "create_commit", interrupted)
    (folder / "manifest.json").write_bytes((folder / "manifest.json").read_bytes() + b"\n")
    assert push(folder, "user/tiny").is_new
    card = api.hf_hub_download("user/tiny", "README.md", repo_type="dataset", local_dir=folder)
    told = Path(card).read_text()
    assert "Their words." in told
    assert "license: mit" in told
    assert "# Tiny GameQA" in told
    assert here.count("commit", 412) == 1


def test_a_branch_of_its_own_and_a_private_repository(here, folder, monkeypatch):
    """Catches a release on the wrong branch, and one that everybody sees."""
    push(folder, "user/tiny", revision="v1", private=True)
    repo = here.store.repo("user/tiny")
    assert repo.private
    assert len(repo.history("v1")) == 2
    assert len(repo.history("main")) == 1
    push(folder, "user/open")
    with pytest.raises(GameQAError, match="there already and public"):
        push(folder, "user/open", private=True)
    monkeypatch.setenv("HF_TOKEN", "hf_other")
    with pytest.raises(GameQAError, match="may not write to user/open"):
        push(folder, "user/open", revision="theirs")
    monkeypatch.delenv("HF_TOKEN")
    with pytest.raises(GameQAError, match="log in by `hf auth login`"):
        push(folder, "user/open", revision="mine")


def damage(folder):
    path = next(iter(shards(folder).values()))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (damage, "SHA-256 .* run the command that built it again"),
        (lambda folder: next(iter(shards(folder).values())).unlink(), "is missing"),
        (lambda folder: (folder / "manifest.json").unlink(), "is not finished"),
        (lambda folder: (folder / "manifest.json").write_text("{}"), "is no manifest"),
        (lambda folder: shutil.rmtree(folder), "There is no folder"),
    ],
    ids=["damaged", "missing", "unfinished", "empty manifest", "no folder"],
)
def test_what_is_not_a_finished_build_is_refused(here, folder, spoil, message):
    """Catches a broken release that is published."""
    spoil(folder)
    with pytest.raises(GameQAError, match=message) as error:
        push(folder, "user/tiny")
    assert "\n" not in str(error.value)
    assert not here.calls


@pytest.mark.parametrize(
    ("repo", "name", "message"),
    [
        ("a/b/c", "", "written user/name"),
        ("other/tiny", "", "may not write to other/tiny"),
        ("user/tiny", "data", "config name 'data'"),
        ("user/tiny", "../up", "config name '../up'"),
    ],
)
def test_bad_names_are_refused_in_one_line(here, folder, repo, name, message):
    """Catches tracebacks of the client, and files outside of their folder."""
    with pytest.raises(GameQAError, match=re.escape(message)) as error:
        push(folder, repo, config_name=name)
    assert "\n" not in str(error.value)
    assert not here.store.repos


def test_the_command_pushes_and_says_how_to_load(hub, gameqa, folder):
    """Catches options that do not arrive, and a message that misleads."""
    words = ("push", folder, "user/tiny", "--revision", "v2", "--config-name", "small")
    out = gameqa(*words)
    assert 'load_dataset("user/tiny", "small", revision="v2")' in out
    manifest = json.loads(hub.content("user/tiny", "small/manifest.json", "v2"))
    assert manifest == json.loads((folder / "manifest.json").read_text())


def test_a_hub_that_is_gone_is_told_in_one_line(here, folder):
    """Catches the traceback of a transport."""
    here.__exit__()
    out = CliRunner().invoke(cli, ["push", str(folder), "user/tiny"])
    assert out.exit_code == 2
    assert out.output.startswith(f"Error: The connection to {here.url} failed")
    assert out.output.count("\n") == 1


@pytest.mark.parametrize("command", ["push", "card", "verify"])
def test_help_teaches_by_examples(command):
    """Catches a command without examples."""
    out = CliRunner().invoke(cli, [command, "--help"]).output
    assert "Examples:" in out
    assert out.count("  gameqa ") >= 3
