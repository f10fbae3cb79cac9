"""Python for browsers: what is packed, under which names, and that a wheel with another digest is refused."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import io
import json
import subprocess
import zipfile
from pathlib import Path
from wsgiref.headers import Headers

import pytest

from bilik.config.browser_python import ROOT, WORKER_POLICY, add_worker_policy, checker_archive, lay_out


def test_the_checker_has_what_it_imports_and_none_of_the_academy():
    names = set(zipfile.ZipFile(io.BytesIO(checker_archive())).namelist())
    assert {"bilik/grading/in_browser.py", "bilik/grading/check.py", "runner/driver.py", "runner/steps.py"} <= names
    assert not [name for name in names if "/tests/" in name or name.endswith(".toml")]
    assert not [
        name for name in names if name.startswith(("bilik/config", "bilik/submissions", "runner/host", "runner/child"))
    ]
    assert checker_archive() == checker_archive()


def test_the_checker_runs_with_the_archive_alone(tmp_path):
    (tmp_path / "checker.zip").write_bytes(checker_archive())
    program = (
        "import sys; sys.path.insert(0, 'checker.zip'); from bilik.grading import in_browser; print(in_browser.plan)"
    )
    done = subprocess.run(["python3", "-I", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "function plan" in done.stdout, done.stderr


def test_the_manifest_names_files_by_their_content(tmp_path):
    laid = tmp_path / "laid"
    laid.mkdir()
    (laid / "manifest.json").write_text(json.dumps({"folder": "0.27.7.0123456789ab", "files": {}, "packages": {}}))
    found = lay_out(laid, tmp_path / "data")
    manifest = json.loads((found.checker / "manifest.json").read_text())
    assert (found.checker / manifest["checker"]).read_bytes() == checker_archive()
    assert set(manifest["messages"]) == {"az", "uz", "ru", "en"}
    assert all((found.checker / name).is_file() for name in manifest["messages"].values())


def test_without_python_for_browsers_nothing_is_served(tmp_path):
    assert lay_out(tmp_path / "nothing", tmp_path) is None


def test_only_the_worker_may_compile_webassembly_and_it_reaches_nothing():
    headers = Headers([])
    add_worker_policy(headers, "/static/web/built/python-worker.0123456789ab.js", "")
    assert headers["Content-Security-Policy"] == WORKER_POLICY
    assert "connect-src" not in WORKER_POLICY
    assert "default-src 'none'" in WORKER_POLICY
    others = Headers([])
    add_worker_policy(others, "/static/web/built/lesson.js", "")
    assert others["Content-Security-Policy"] is None


def _fetching():
    loader = importlib.machinery.SourceFileLoader("fetching", str(ROOT / "bin" / "fetch-browser-python"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("fetching", loader))
    loader.exec_module(module)
    return module


def test_a_wheel_with_another_digest_is_refused(tmp_path, monkeypatch):
    fetching = _fetching()

    def install(command, cwd):
        target = Path(command[command.index("--target") + 1])
        target.mkdir()
        (target / "six.whl").write_bytes(b"another file")
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(fetching.subprocess, "run", install)
    with pytest.raises(SystemExit, match="refused"):
        fetching._wheels(tmp_path / "wheels", {"six": {"file_name": "six.whl", "sha256": "0" * 64}})


def test_when_the_wheels_cannot_be_had_plain_python_is_left(tmp_path, monkeypatch):
    fetching = _fetching()
    monkeypatch.setattr(fetching.subprocess, "run", lambda command, cwd: subprocess.CompletedProcess(command, 1))
    assert fetching._wheels(tmp_path / "wheels", {"six": {"file_name": "six.whl", "sha256": "0" * 64}}) == {}
