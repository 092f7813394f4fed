"""The command `gameqa`: what it prints, writes and refuses."""

import json

import pytest
from click.testing import CliRunner
from PIL import Image

import gameqa
from gameqa.builders.command_line import cli


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*words, code=0):
        result = CliRunner().invoke(cli, [str(word) for word in words])
        assert result.exit_code == code, result.output
        return result.output

    return invoke


def test_list_is_a_table_of_every_game_and_task(run):
    """Catches a game, task, id, type or level that is left out."""
    lines = run("list").splitlines()
    assert lines[0].split()[:4] == ["GAME", "TITLE", "CATEGORY", "DOMAIN"]
    for slug in gameqa.list_games():
        assert any(line.startswith(f"{slug} ") for line in lines)
    (line,) = (line for line in lines if "minimum_moves" in line)
    assert line.split() == ["minimum_moves", "3", "Strategy", "Optimization", "Hard"]
    start = lines[0].index("QA LEVEL")
    assert all(line[start - 1] == " " for line in lines if line)


def test_list_of_a_config_and_as_json(run):
    """Catches JSON that does not parse or a selection that is ignored."""
    games = json.loads(run("list", "--json"))
    assert [game["game"] for game in games] == gameqa.list_games()
    assert games[0]["tasks"][0].keys() >= {"task", "question_id", "qa_type", "qa_level"}
    (game,) = json.loads(run("list", "Star-Battle", "--json"))
    assert game["game"] == "star_battle"
    held_out = json.loads(run("list", "out_of_domain", "--json"))
    assert {game["domain"] for game in held_out} == {"out"}


def test_show_writes_the_picture_and_prints_the_words(run, tmp_path):
    """Catches a picture of another sample, or words that are left out."""
    options = ["--task", "minimum_moves", "--plot-level", "hard", "--index", 2, "--seed", 4]
    out = run("show", "sokoban", *options, "--split", "test", "--out", "pictures")
    sample = gameqa.sample(
        "sokoban", task="minimum_moves", plot_level="hard", index=2, seed=4, split="test"
    )
    path = tmp_path / "pictures" / f"{sample.data_id}.png"
    assert path.read_bytes() == sample.png
    assert str(path.relative_to(tmp_path)) in out
    for part in (sample.question, f"Answer: {sample.answer}", sample.analysis, *sample.options):
        assert part in out


def test_show_takes_a_file_name_and_shows_text(run, tmp_path):
    """Catches --out FILE taken for a folder, and a picture where there is none."""
    run("show", "sokoban", "--style", "dark", "--out", tmp_path / "deep" / "board.png")
    assert Image.open(tmp_path / "deep" / "board.png").mode == "P"
    out = run("show", "sokoban", "--modality", "text", "--answer-format", "open", "--out", "none")
    assert "Picture:" not in out
    assert not (tmp_path / "none").exists()


def test_build_makes_files_and_says_how_to_load_them(run, tmp_path):
    """Catches options that do not reach the recipe, and a command that cannot be repeated."""
    words = ["build", "star_battle", "--out", "rows", "--train-size", 12, "--test-size", 3]
    words += ["--validation-size", 0, "--tasks", "1,cell_in_region", "--plot-level", "easy"]
    words += ["--plot-level", "hard", "--seed", -2, "--shard-rows", 5]
    assert 'datasets.load_dataset("rows")' in run(*words)
    manifest = json.loads((tmp_path / "rows" / "manifest.json").read_text())
    assert manifest["recipe"]["splits"] == {"train": 12, "test": 3}
    assert manifest["recipe"]["tasks"] == {"star_battle": ["last_star", "cell_in_region"]}
    assert manifest["recipe"]["plot_level"] == ["Easy", "Hard"]
    assert manifest["recipe"]["seed"] == -2
    assert " 0 rows made now" in run(*words)
    repeated = manifest["command"].split()[1:]
    run(*repeated, "--out", "again")
    assert (tmp_path / "again" / "manifest.json").read_bytes() == (
        tmp_path / "rows" / "manifest.json"
    ).read_bytes()


@pytest.mark.parametrize("command", ["", "list", "show", "build"])
def test_help_teaches_by_examples(run, command):
    """Catches a command without examples."""
    out = run(*command.split(), "--help")
    assert "Examples:" in out
    assert out.count("  gameqa ") >= 3


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("buidl sokoban", ["command 'buidl'", "Did you mean 'build'?"]),
        ("list sokobann", ["config 'sokobann'", "Did you mean 'sokoban'?"]),
        ("show sokobann", ["game 'sokobann'", "Did you mean 'sokoban'?"]),
        ("show sokoban --task find_gem", ["task of sokoban 'find_gem'"]),
        ("show sokoban --plot-level hrad", ["Did you mean 'Hard'?"]),
        ("show sokoban --style drak", ["Did you mean 'dark'?"]),
        ("show sokoban --split tset", ["Did you mean 'test'?"]),
        ("show sokoban --index -1", ["index is -1"]),
        ("show sokoban --out file/below", ["Cannot write", "file/below", "--out"]),
        ("build sokobann --out x", ["config 'sokobann'"]),
        ("build sokoban --out x --train-size -3", ["train_size is -3"]),
        ("build sokoban --out x --tasks find_gem", ["task of sokoban 'find_gem'"]),
        ("build sokoban --out file", ["Cannot write to file: ", "Choose another directory"]),
        ("build sokoban --out file/below", ["Cannot write to file/below: "]),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(run, tmp_path, words, parts):
    """Catches tracebacks, and messages without value or way out."""
    (tmp_path / "file").write_text("in the way")
    out = run(*words.split(), code=2)
    assert out.startswith("Error: ")
    assert out.count("\n") == 1
    assert all(part in out for part in parts), out
    assert not (tmp_path / "x").exists()


def test_the_command_runs_as_a_process(python):
    """Catches an entry point that only works inside pytest."""
    done = python("", "-m", "gameqa.builders", "show", "sokoban", "--modality", "text")
    assert "Answer: " in done.stdout
    failed = python("", "-m", "gameqa.builders", "show", "sokobann", check=False)
    assert failed.returncode == 2
    assert failed.stderr.startswith("Error: Unknown game 'sokobann'.")
    assert failed.stderr.count("\n") == 1


def test_listing_does_not_wait_for_datasets(python):
    """Catches an import of datasets, which takes a second, in commands that do not need it."""
    code = (
        "import sys; from gameqa.builders.command_line import cli;"
        "cli(['list', 'sokoban'], standalone_mode=False);"
        "print({'datasets', 'pyarrow'} & set(sys.modules))"
    )
    assert python(code).stdout.endswith("set()\n")


FULL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
from gameqa.builders.command_line import main
sys.argv = ["gameqa", "build", "sokoban", "--out", "rows", "--shard-rows", "200", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("num_proc", [1, 2])
def test_a_disk_that_fills_up_ends_a_build_in_one_line(num_proc, python):
    """Catches tracebacks, from workers too; a limit on files stands in for the disk."""
    pytest.importorskip("resource")
    done = python(FULL, "--num-proc", num_proc, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: Cannot write to rows: File too large. ")
    assert done.stderr.count("\n") == 1
