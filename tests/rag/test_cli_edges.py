"""The command line at its edges: odd paths, closed streams, files that are none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from rag.cli import main; main()"]


def sverka(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command; whatever happens, no traceback is shown."""
    done = subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, timeout=120, check=False, **options)
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("The bridge in Kolvar opened on 3 May 2024.", encoding="utf-8")
    return path


def test_a_path_that_does_not_exist_makes_no_archive(tmp_path: Path) -> None:
    done = sverka("index", tmp_path / "nope", "--archive", tmp_path / "archive")
    assert done.returncode == 1
    assert "there is no such file or folder" in done.stderr
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize(
    "words", [["index", "", "--archive", "x"], ["index", "a.txt", "--archive", ""], ["stats", "--archive", ""]]
)
def test_an_empty_path_is_not_taken_for_this_folder(tmp_path: Path, words: list[str]) -> None:
    done = sverka(*words, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    assert done.returncode == 2
    assert "the path is empty" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_is_a_file_is_said_to_be_one(article: Path) -> None:
    done = sverka("stats", "--archive", article)
    assert done.returncode == 1
    assert "is a file, and an archive is a folder" in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_and_a_binary_file_are_named_and_stop_nothing(tmp_path: Path, article: Path) -> None:
    os.mkfifo(tmp_path / "b.txt")
    (tmp_path / "c.txt").write_bytes(bytes([0, 1, 2, 3]) * 1000)
    done = sverka("index", tmp_path, "--archive", tmp_path / "archive", "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["added"] == 1
    assert sorted(Path(failure["source"]).name for failure in report["failed"]) == ["b.txt", "c.txt"]


@pytest.mark.skipif(os.name == "nt", reason="streams are closed by the shell")
def test_closed_streams_do_not_stop_the_work(tmp_path: Path, article: Path) -> None:
    words = " ".join([f"'{sys.executable}'", "-c 'from rag.cli import main; main()'", "index", f"'{article}'"])
    done = subprocess.run(["sh", "-c", f"{words} --archive '{tmp_path}/archive' >&- 2>&-"], check=False, timeout=120)
    assert done.returncode == 0
    assert json.loads(sverka("stats", "--archive", tmp_path / "archive", "--json").stdout)["documents"] == 1
