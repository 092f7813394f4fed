"""The same files from a Ray cluster, a machine of which is lost half-way. `make releases`."""

import os
import signal
import time
from pathlib import Path

import pytest

from gameqa.builders.build import Build
from gameqa.builders.recipe import make_recipe
from gameqa.errors import GameQAError

pytestmark = pytest.mark.deep


@pytest.fixture
def cluster():
    """Two nodes of one CPU each beside a head without any: killing one leaves the other."""
    import ray
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0})
    workers = [nodes.add_node(num_cpus=1) for _ in range(2)]
    ray.init(address=nodes.address, log_to_driver=False)
    yield nodes, workers
    ray.shutdown()
    nodes.shutdown()


def pull_the_plug(node):
    """End a node as a power cut does: it and the tasks that it runs, at once."""
    (raylet,) = node.all_processes["raylet"]
    at = raylet.process.pid
    tasks = Path(f"/proc/{at}/task/{at}/children").read_text().split()
    for pid in (at, *map(int, tasks)):
        os.kill(pid, signal.SIGKILL)
    return len(tasks)


def work(target):
    recipe = make_recipe("in_domain", train_size=1_200, validation_size=0, test_size=0)
    return Build(recipe, target, 50, "command")


def test_a_cluster_that_loses_a_machine_ends_with_the_same_bytes(cluster, tmp_path, content):
    """Catches work that is lost with a machine, and files that two machines made differently."""
    import ray

    _, workers = cluster
    made, lost = 0, []

    def lose_one(rows):
        nonlocal made
        made += rows
        if made >= 400 and not lost:
            lost.append(pull_the_plug(workers[1]))

    assert work(tmp_path / "ray").run(progress=lose_one, engine="ray")
    assert lost[0] >= 1
    assert made == 1_200
    deadline = time.monotonic() + 120
    while sum(node["Alive"] for node in ray.nodes()) == 3 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert sum(node["Alive"] for node in ray.nodes()) == 2
    work(tmp_path / "plain").run()
    assert content(tmp_path / "ray") == content(tmp_path / "plain")


def test_a_place_that_cannot_be_written_to_is_one_line(cluster, tmp_path):
    """Catches a traceback of Ray for a full or forbidden disk of a machine."""
    plan = work(tmp_path / "out")
    assert plan.missing()
    (tmp_path / "out" / ".incomplete" / "drafts").write_text("in the way")
    with pytest.raises(GameQAError, match=r"^Cannot write to .*out: ") as error:
        plan.run(engine="ray")
    assert "\n" not in str(error.value)
