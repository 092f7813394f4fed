"""A small local Hub: the part of its HTTP interface that huggingface_hub and datasets use.

It checks what it is sent (SHA-256, sizes, parents of commits, tokens, ETags of parts), answers
ranges, and misbehaves when told to: see `Hub.fail`.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml
from hub_store import Commit, File, RefusedError, Repo, Store

ID = r"(?P<repo>[\w.-]+/[\w.-]+)"
REV = r"(?P<rev>[^/]+)"
ROUTES: list[tuple[str, re.Pattern[str], str]] = [
    (method, re.compile(pattern), name)
    for method, pattern, name in (
        ("GET", r"/api/whoami-v2", "whoami"),
        ("POST", r"/api/repos/create", "create"),
        ("POST", r"/api/validate-yaml", "validate_yaml"),
        ("GET", rf"/api/datasets/{ID}(/revision/{REV})?", "info"),
        ("GET", rf"/api/datasets/{ID}/refs", "refs"),
        ("GET", rf"/api/datasets/{ID}/tree/{REV}(/(?P<path>.+))?", "tree"),
        ("POST", rf"/api/datasets/{ID}/paths-info/{REV}", "paths_info"),
        ("POST", rf"/api/datasets/{ID}/preupload/{REV}", "preupload"),
        ("POST", rf"/api/datasets/{ID}/commit/{REV}", "commit"),
        ("POST", rf"/api/datasets/{ID}/branch/{REV}", "branch"),
        ("GET", rf"/api/datasets/{ID}/xet-(write|read)-token/{REV}", "xet_token"),
        ("POST", rf"/datasets/{ID}\.git/info/lfs/objects/batch", "lfs_batch"),
        ("PUT", r"/lfs/(?P<sha>[0-9a-f]{64})(/(?P<part>\d+))?", "lfs_put"),
        ("POST", r"/lfs/(?P<sha>[0-9a-f]{64})/complete", "lfs_complete"),
        ("POST", r"/lfs/(?P<sha>[0-9a-f]{64})/verify", "lfs_verify"),
        ("GET", rf"/datasets/{ID}/resolve/{REV}/(?P<path>.+)", "resolve"),
        ("GET", r"/cdn/(?P<sha>[0-9a-f]{64})", "cdn"),
    )
]
WRITES = {"create", "preupload", "commit", "branch", "lfs_batch", "xet_token"}


@dataclass
class Call:
    """One request, as the log has it."""

    method: str
    path: str
    route: str
    status: int = 0
    size: int = 0


@dataclass
class _Fault:
    route: str
    skip: int
    times: int
    act: Callable[[_Handler], bool]


class Hub:
    """The server, its store and its log.

    Attributes:
        url: what ``HF_ENDPOINT`` is to be.
        tokens: token -> user who may write to their own namespace.
        calls: every request answered so far.
        part_size: files above that many bytes are uploaded in parts.
        xet: where the content-addressed store is when the client speaks Xet.
    """

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder)
        self.tokens = {"hf_user": "user", "hf_other": "other"}
        self.calls: list[Call] = []
        self.part_size = 64 << 20
        self.parts: dict[str, str] = {}
        self.xet = folder / "xet"
        self._faults: list[_Fault] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._server.hub = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.cdn = self.url.replace("127.0.0.1", "localhost")  # another host, as it is in truth
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Hub:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def fail(self, route: str, nth: int = 1, status: int = 500, times: int = 1) -> None:
        """Answer the n-th call of a route from now on, and the following ones, with a status."""

        def act(_: _Handler) -> bool:
            raise RefusedError(status, f"injected {status}")

        self._faults.append(_Fault(route, nth - 1, times, act))

    def drop(self, route: str, nth: int = 1, times: int = 1, *, late: bool = False) -> None:
        """Close the connection of the n-th call of a route without an answer.

        Args:
            route: the route.
            nth: which call.
            times: how many calls from that one on.
            late: do first what the call asks for: only the answer is lost.
        """

        def act(handler: _Handler) -> bool:
            if late:
                handler.is_cut = True
                return False
            handler.cut()
            return True

        self._faults.append(_Fault(route, nth - 1, times, act))

    def slow(self, route: str, seconds: float, nth: int = 1, times: int = 1) -> None:
        """Wait before the n-th call of a route is answered."""

        def act(_: _Handler) -> bool:
            time.sleep(seconds)
            return False

        self._faults.append(_Fault(route, nth - 1, times, act))

    def heal(self) -> None:
        """Forget the faults that are still to come."""
        self._faults.clear()

    def count(self, route: str, status: int | None = None) -> int:
        """Return how often a route was called (and answered with that status)."""
        return sum(c.route == route and status in (None, c.status) for c in self.calls)

    def misbehave(self, route: str, handler: _Handler) -> bool:
        for fault in list(self._faults):
            if fault.route == route:
                if fault.skip:
                    fault.skip -= 1
                    continue
                fault.times -= 1
                if not fault.times:
                    self._faults.remove(fault)
                return fault.act(handler)
        return False

    def content(self, repo: str, path: str, revision: str = "main") -> bytes:
        """Return a file as the Hub has it."""
        return self.store.path(self.store.repo(repo).at(revision).files[path].sha256).read_bytes()

    def files(self, repo: str, revision: str = "main") -> dict[str, File]:
        """Return the files of a revision."""
        return dict(self.store.repo(repo).at(revision).files)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def hub(self) -> Hub:
        return self.server.hub  # type: ignore[attr-defined,no-any-return]

    is_cut = False

    def cut(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._serve("GET")

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        self._serve("POST")

    def do_PUT(self) -> None:
        self._serve("PUT")

    def _serve(self, method: str) -> None:
        url = urllib.parse.urlsplit(self.path)
        self.query = urllib.parse.parse_qs(url.query)
        self.call = Call(self.command, url.path, "")
        try:
            route, groups = _find(method, url.path)
            self.call.route = route
            self.body = self._read_body() if route != "lfs_put" else b""
            if self.hub.misbehave(route, self):
                self.call.status = -1
                self.hub.calls.append(self.call)
                return
            self._authorize(route, groups.get("repo"))
            getattr(self, f"_{route}")(**groups)
        except RefusedError as error:
            headers = {"X-Error-Message": str(error), "X-Request-Id": "local"}
            if error.code:
                headers["X-Error-Code"] = error.code
            body: dict[str, Any] = {"error": str(error)}
            if self.call.route == "create" and error.status == 409:
                body["url"] = f"{self.hub.url}/datasets/{self._asked_repo()}"
            if self.call.route == "lfs_put" and not self.call.size:
                self._read_body()  # or the client would still be sending
            self._json(body, error.status, headers)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    # ------------------------------------------------------------------------------- who asks

    def _user(self) -> str | None:
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        if kind == "Bearer" and token not in self.hub.tokens:
            raise RefusedError(401, "Invalid username or password.")
        return self.hub.tokens.get(token)

    def _authorize(self, route: str, name: str | None) -> None:
        user = self._user()
        if route == "create":
            name = self._asked_repo()
        if route in WRITES and user is None:
            raise RefusedError(401, "Invalid username or password.")
        repo = self.hub.store.repos.get(name or "")
        if repo is not None and repo.private and user != repo.name.split("/")[0]:
            raise RefusedError(404, "Repository not found", "RepoNotFound")
        if route in WRITES and name and name.split("/")[0] != user:
            raise RefusedError(403, f"You don't have the rights to write to {name}.")

    def _asked_repo(self) -> str:
        asked = json.loads(self.body)
        return f"{asked.get('organization') or self._user()}/{asked['name']}"

    # ------------------------------------------------------------------------------ the routes

    def _whoami(self) -> None:
        user = self._user()
        if user is None:
            raise RefusedError(401, "Invalid username or password.")
        self._json({"type": "user", "name": user, "orgs": [], "auth": {"type": "access_token"}})

    def _create(self) -> None:
        asked = json.loads(self.body)
        private = bool(asked.get("private") or asked.get("visibility") == "private")
        repo = self.hub.store.create(self._asked_repo(), private)
        self._json({"url": f"{self.hub.url}/datasets/{repo.name}", "name": repo.name})

    def _validate_yaml(self) -> None:
        content = json.loads(self.body)["content"]
        found = re.match(r"---\n(.*?)\n---\n", content, re.DOTALL)
        errors = []
        try:
            data = yaml.safe_load(found[1]) if found else {}
            names = [config["config_name"] for config in data.get("configs", [])]
            if len(set(names)) != len(names):
                errors.append({"message": f"configs have the same name: {names}"})
            for config in data.get("configs", []):
                splits = [files["split"] for files in config["data_files"]]
                if len(set(splits)) != len(splits):
                    errors.append({"message": f"splits have the same name: {splits}"})
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            errors.append({"message": f"invalid metadata: {error!r}"})
        self._json({"errors": errors, "warnings": []}, 400 if errors else 200)

    def _info(self, repo: str, rev: str = "main") -> None:
        held = self._repo(repo)
        commit = held.at(rev)
        self._json(
            {
                "_id": "0",
                "id": held.name,
                "author": held.name.split("/")[0],
                "sha": commit.oid,
                "private": held.private,
                "gated": False,
                "disabled": False,
                "tags": [],
                "downloads": 0,
                "likes": 0,
                "lastModified": "2026-01-01T00:00:00.000Z",
                "createdAt": "2026-01-01T00:00:00.000Z",
                "siblings": [{"rfilename": path} for path in commit.files],
            }
        )

    def _refs(self, repo: str) -> None:
        branches = [
            {"name": name, "ref": f"refs/heads/{name}", "targetCommit": oid}
            for name, oid in self._repo(repo).branches.items()
        ]
        self._json({"branches": branches, "tags": [], "converts": []})

    def _branch(self, repo: str, rev: str) -> None:
        held = self._repo(repo)
        if rev in held.branches:
            raise RefusedError(409, f"Reference already exists: {rev}")
        start = json.loads(self.body or b"{}").get("startingPoint", "main")
        held.branches[rev] = held.at(start).oid
        self._json({})

    def _tree(self, repo: str, rev: str, path: str = "") -> None:
        files = self._repo(repo).at(rev).files
        entries = _entries(files, path, recursive=self._flag("recursive"))
        if path and not entries:
            raise RefusedError(404, f"{path} does not exist on {rev}", "EntryNotFound")
        size, start = 50, int(self.query.get("cursor", ["0"])[0])
        headers = {}
        if len(entries) > start + size:
            asked = {name: values[0] for name, values in self.query.items()}
            more = urllib.parse.urlencode({**asked, "cursor": start + size})
            headers["Link"] = f'<{self.hub.url}{self.call.path}?{more}>; rel="next"'
        self._json(entries[start : start + size], headers=headers)

    def _paths_info(self, repo: str, rev: str) -> None:
        files = self._repo(repo).at(rev).files
        if "json" in self.headers.get("Content-Type", ""):
            paths = json.loads(self.body)["paths"]
        else:
            paths = urllib.parse.parse_qs(self.body.decode())["paths"]
        found = [_entry(path, files[path]) for path in paths if path in files]
        for path in paths:
            if path not in files and any(name.startswith(f"{path}/") for name in files):
                found.append({"type": "directory", "path": path, "oid": "0" * 40, "size": 0})
        self._json(found)

    def _preupload(self, repo: str, rev: str) -> None:
        files = self._repo(repo).at(rev).files
        told = []
        for asked in json.loads(self.body)["files"]:
            base64.b64decode(asked["sample"], validate=True)
            path = asked["path"]
            is_lfs = path.endswith((".parquet", ".arrow", ".png")) or asked["size"] > 10 << 20
            held = files.get(path)
            told.append(
                {
                    "path": path,
                    "uploadMode": "lfs" if is_lfs else "regular",
                    "shouldIgnore": False,
                    "oid": held.etag if held else None,
                }
            )
        if len(told) > 256:
            raise RefusedError(413, "too many files at once")
        self._json({"files": told})

    def _lfs_batch(self, repo: str) -> None:
        self._repo(repo)
        asked = json.loads(self.body)
        if asked["operation"] != "upload" or asked["hash_algo"] != "sha256":
            raise RefusedError(422, "only uploads with sha256")
        objects = []
        for wanted in asked["objects"]:
            sha, size = wanted["oid"], wanted["size"]
            told: dict[str, Any] = {"oid": sha, "size": size, "authenticated": True}
            if not self.hub.store.has(sha):
                told["actions"] = self._upload_actions(sha, size)
            objects.append(told)
        self._json({"transfer": "basic", "objects": objects})

    def _upload_actions(self, sha: str, size: int) -> dict[str, Any]:
        href, part = f"{self.hub.url}/lfs/{sha}", self.hub.part_size
        if size <= part:
            return {"upload": {"href": href}, "verify": {"href": f"{href}/verify"}}
        header = {str(n + 1): f"{href}/{n + 1}" for n in range(-(-size // part))}
        return {
            "upload": {"href": f"{href}/complete", "header": {"chunk_size": str(part), **header}},
            "verify": {"href": f"{href}/verify"},
        }

    def _lfs_put(self, sha: str, part: str = "") -> None:
        draft = self.hub.store.folder / "drafts" / f"{sha}.{part or 'whole'}"
        self.call.size = left = int(self.headers["Content-Length"])
        digest = hashlib.md5()
        with open(draft, "wb") as file:
            while left:
                block = self.rfile.read(min(left, 1 << 20))
                if not block:
                    draft.unlink()
                    raise ConnectionResetError
                digest.update(block)
                file.write(block)
                left -= len(block)
        if part:
            self.hub.parts[f"{sha}/{part}"] = digest.hexdigest()
        else:
            self.hub.store.accept(draft, sha)
        self._answer(200, b"", {"ETag": f'"{digest.hexdigest()}"'})

    def _lfs_complete(self, sha: str) -> None:
        whole = self.hub.store.folder / "drafts" / f"{sha}.whole"
        with open(whole, "wb") as file:
            for told in json.loads(self.body)["parts"]:
                number = told["partNumber"]
                if told["etag"].strip('"') != self.hub.parts[f"{sha}/{number}"]:
                    raise RefusedError(400, f"part {number} has another ETag")
                file.write(whole.with_name(f"{sha}.{number}").read_bytes())
        self.hub.store.accept(whole, sha)
        self._json({})

    def _lfs_verify(self, sha: str) -> None:
        told = json.loads(self.body)
        path = self.hub.store.path(sha)
        if told["oid"] != sha or not path.exists() or path.stat().st_size != told["size"]:
            raise RefusedError(404, f"{sha} was not uploaded")
        self._json({})

    def _xet_token(self, repo: str, rev: str) -> None:
        self._repo(repo)
        cas, expires = f"local://{self.hub.xet}", int(time.time()) + 3600
        headers = {
            "X-Xet-Cas-Url": cas,
            "X-Xet-Access-Token": "token",
            "X-Xet-Token-Expiration": str(expires),
        }
        self._json({"casUrl": cas, "exp": expires, "accessToken": "token"}, headers=headers)

    def _commit(self, repo: str, rev: str) -> None:
        if self.headers.get("Content-Type") != "application/x-ndjson":
            raise RefusedError(400, "a commit is application/x-ndjson")
        lines = [json.loads(line) for line in self.body.splitlines()]
        xet = self.hub.count("xet_token", 200) > 0
        made = self.hub.store.commit(self._repo(repo), rev, lines, xet=xet)
        self._json(
            {
                "success": True,
                "commitOid": made.oid,
                "commitUrl": f"{self.hub.url}/datasets/{repo}/commit/{made.oid}",
                "hookOutput": "",
            }
        )

    def _resolve(self, repo: str, rev: str, path: str) -> None:
        commit = self._repo(repo).at(rev)
        headers = {"X-Repo-Commit": commit.oid}
        file = commit.files.get(path)
        if file is None:
            raise RefusedError(404, "Entry not found", "EntryNotFound")
        if file.is_lfs:
            headers["X-Linked-Etag"] = f'"{file.sha256}"'
            headers["X-Linked-Size"] = str(file.size)
            headers["Location"] = f"{self.hub.cdn}/cdn/{file.sha256}"
            self._answer(302, b"", headers)
        else:
            self._file(file.sha256, f'"{file.oid}"', headers)

    def _cdn(self, sha: str) -> None:
        self._file(sha, f'"{sha}"', {})

    def _file(self, sha: str, etag: str, headers: dict[str, str]) -> None:
        path = self.hub.store.path(sha)
        if not path.exists():
            raise RefusedError(404, f"{sha} is in the Xet store only")
        headers |= {"ETag": etag, "Accept-Ranges": "bytes"}
        if self.headers.get("If-None-Match") == etag:
            self._answer(304, b"", headers)
            return
        content = path.read_bytes()
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            self._answer(200, content, headers)
            return
        first, last = asked.groups()
        start = int(first) if first else len(content) - int(last)
        stop = min(int(last) + 1, len(content)) if first and last else len(content)
        if start >= len(content):
            headers["Content-Range"] = f"bytes */{len(content)}"
            self._answer(416, b"", headers)
            return
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(content)}"
        self._answer(206, content[start:stop], headers)

    # ------------------------------------------------------------------------ what they share

    def _repo(self, name: str) -> Repo:
        return self.hub.store.repo(name)

    def _flag(self, name: str) -> bool:
        return self.query.get(name, [""])[0].lower() in ("1", "true")

    def _read_body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _json(self, data: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        told = {"Content-Type": "application/json", **(headers or {})}
        self._answer(status, json.dumps(data).encode(), told)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.call.status = status
        self.call.size = self.call.size or len(body)
        self.hub.calls.append(self.call)
        if self.is_cut:
            self.cut()
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _find(method: str, path: str) -> tuple[str, dict[str, str]]:
    for known, pattern, route in ROUTES:
        found = pattern.fullmatch(path)
        if found and known == method:
            given = {key: value for key, value in found.groupdict().items() if value is not None}
            return route, {key: urllib.parse.unquote(value) for key, value in given.items()}
    raise RefusedError(404, "Sorry, we can't find the page you are looking for.")


def _entry(path: str, file: File) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "file", "path": path, "oid": file.oid, "size": file.size}
    if file.is_lfs:
        told["lfs"] = {"oid": file.sha256, "size": file.size, "pointerSize": 130}
    return told


def _entries(files: dict[str, File], path: str, *, recursive: bool) -> list[dict[str, Any]]:
    prefix = f"{path.rstrip('/')}/" if path else ""
    found: dict[str, dict[str, Any]] = {}
    for name, file in sorted(files.items()):
        if not name.startswith(prefix):
            continue
        parts = name.removeprefix(prefix).split("/")
        for depth in range(1, len(parts) if recursive else min(2, len(parts))):
            folder = prefix + "/".join(parts[:depth])
            found[folder] = {"type": "directory", "path": folder, "oid": "0" * 40, "size": 0}
        if recursive or len(parts) == 1:
            found[name] = _entry(name, file)
    return list(found.values())


__all__ = ["Call", "Commit", "Hub"]
