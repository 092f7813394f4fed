"""Where a build is written: object stores, full disks, lost connections."""

import errno
import os
from urllib.request import Request, urlopen

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from gameqa.builders.storage import Bucket
from gameqa.errors import GameQAError


@pytest.fixture
def memory():
    """The files of memory://, none at first."""
    MemoryFileSystem.store.clear()
    yield MemoryFileSystem.store
    MemoryFileSystem.store.clear()


def stored(store, root):
    return {
        name.removeprefix(f"/{root}/"): file.getvalue()
        for name, file in store.items()
        if name.startswith(f"/{root}/")
    }


def test_a_url_gets_the_bytes_of_a_folder(small, whole, memory):
    """Catches names or a manifest that depend on where they are, and a workshop left behind."""
    work = small("memory://rows")
    assert work.run()
    assert stored(memory, "rows") == whole
    assert small("memory://rows").missing() == []


def test_file_urls_are_folders(small, whole, tmp_path, content):
    """Catches file:// that loses the promise of one step."""
    small(f"file://{tmp_path}/out").run()
    assert content(tmp_path / "out") == whole


def test_memory_is_not_shared_by_processes(small, memory):
    """Catches rows that are made in another process's memory, and lost with it."""
    with pytest.raises(GameQAError, match="memory of one process"):
        small("memory://rows").run(num_proc=2)
    with pytest.raises(GameQAError, match="memory of one process"):
        small("memory://rows").run(engine="ray")


# Of 21: the recipe; six times a file and its receipt; a manifest, six moves, the manifest.
@pytest.mark.parametrize("call", [1, 2, 3, 13, 14, 15, 17, 21])
def test_a_connection_lost_at_any_call_can_be_taken_up_again(
    call, small, whole, memory, monkeypatch
):
    """Catches a half-finished state that cannot be continued: each call fails once, in turn."""
    calls = 0

    def failing(name):
        original = getattr(MemoryFileSystem, name)

        def fail(self, *args, **kwargs):
            nonlocal calls
            calls += 1
            if calls == call:
                raise ConnectionError("the peer has\nhung up")
            return original(self, *args, **kwargs)

        return fail

    with monkeypatch.context() as broken:
        for name in ("put_file", "pipe_file", "mv"):
            broken.setattr(MemoryFileSystem, name, failing(name))
        with pytest.raises(GameQAError) as error:
            small("memory://rows").run()
    assert str(error.value).startswith("Cannot write to memory://rows: the peer has hung up. ")
    assert "run the same command again" in str(error.value)
    assert "\n" not in str(error.value)
    assert "manifest.json" not in stored(memory, "rows")
    small("memory://rows").run()
    assert stored(memory, "rows") == whole


def test_damage_behind_a_url_is_mended(small, whole, memory):
    """Catches an object that was cut short or lost, and is taken for whole."""
    small("memory://rows").run()
    fs = fsspec.filesystem("memory")
    fs.pipe_file("/rows/data/train-00001-of-00004.parquet", b"cut")
    fs.rm("/rows/data/test-00000-of-00001.parquet")
    work = small("memory://rows")
    assert [plan.file_name for plan in work.missing()] == [
        "train-00001-of-00004.parquet",
        "test-00000-of-00001.parquet",
    ]
    assert "manifest.json" not in stored(memory, "rows")
    work.run()
    assert stored(memory, "rows") == whole


def test_a_full_disk_leaves_a_state_from_which_it_goes_on(
    small, whole, tmp_path, content, monkeypatch
):
    """Catches a file that a full disk cut short, and work that is lost with it."""
    out, syncs = tmp_path / "out", 0

    def full(file, fsync=os.fsync):
        nonlocal syncs
        syncs += 1
        if syncs == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(file)

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(GameQAError, match=r"Cannot write to .*out: No space left on device"):
            small(out).run()
    assert not list(out.rglob("draft.*"))
    assert len(small(out).missing()) == 4
    small(out).run()
    assert content(out) == whole


def test_a_full_temporary_folder_is_named(small, memory, monkeypatch):
    """Catches a URL that is blamed for a disk of this machine."""

    def full(file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(GameQAError, match=r"Cannot write to /.*: No space left .* Set TMPDIR"):
        small("memory://rows").run()


def test_another_build_behind_a_url_is_refused(small, memory):
    """Catches objects of a user that are mixed with ours."""
    fsspec.filesystem("memory").pipe_file("/rows/data/mine.csv", b"a\n1\n")
    with pytest.raises(GameQAError, match="did not write"):
        small("memory://rows").run()


def test_a_package_that_is_missing_is_named(monkeypatch):
    """Catches an ImportError with a traceback for s3:// without s3fs."""

    def missing(url, **options):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec, "url_to_fs", missing)
    with pytest.raises(GameQAError, match="needs a package of its own: Install s3fs"):
        Bucket("s3://rows")


@pytest.fixture
def s3(monkeypatch):
    """A server of the S3 protocol on this machine, with the bucket "rows"; can be stopped."""
    import s3fs
    from moto.server import ThreadedMotoServer

    for name, value in {
        "ACCESS_KEY_ID": "x",
        "SECRET_ACCESS_KEY": "y",
        "REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    monkeypatch.setattr(s3fs.S3FileSystem, "retries", 1)
    # A connection that is kept alive would outlive its server.
    monkeypatch.setattr(
        "werkzeug.serving.WSGIRequestHandler.protocol_version", "HTTP/1.0", raising=False
    )
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem(use_listings_cache=False)
    files.mkdir("rows")

    class Server:
        """The server, and what it stores."""

        def stop(self):
            server.stop()

        def restart(self):
            nonlocal server
            server = ThreadedMotoServer(ip_address=host, port=port, verbose=False)
            server.start()

        def content(self, root):
            names = files.find(f"rows/{root}")
            return {name.removeprefix(f"rows/{root}/"): files.cat_file(name) for name in names}

    yield Server()
    server.stop()
    s3fs.S3FileSystem.clear_instance_cache()


def test_s3_gets_the_bytes_of_a_folder_after_its_server_was_away(small, whole, s3):
    """Catches what only a real protocol shows: listings, copies, errors that are no OSError."""
    made = 0

    def stop_in_the_middle(rows):
        nonlocal made
        made += rows
        if made == 33:
            s3.stop()

    with pytest.raises(GameQAError) as error:
        small("s3://rows/out").run(progress=stop_in_the_middle)
    assert "s3://rows/out: " in str(error.value)
    assert "\n" not in str(error.value)
    s3.restart()
    left = s3.content("out")
    assert "manifest.json" not in left
    assert not [name for name in left if name.startswith("data/")]
    work = small("s3://rows/out")
    assert len(work.missing()) == 3
    assert work.run()
    assert s3.content("out") == whole


def test_a_bucket_that_is_not_there_is_told(small, s3):
    """Catches a bucket that is made from a name with a mistake in it."""
    with pytest.raises(
        GameQAError, match=r"Cannot write to s3://rwos/out: .*bucket does not exist"
    ):
        small("s3://rwos/out").run()
