"""README.md tells the truth: its commands print what it says, its programs run, its tables name the real keys."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CONFIDENCE = re.compile(r"\(confidence \d\.\d\d\)")  # differs in the last digit from processor to processor


@pytest.fixture(scope="module")
def readme(root: Path) -> str:
    return (root / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder; whoever first asks with --sample makes the sample archive in it."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def sample(root: Path, data: Path) -> str:
    """The sample archive."""
    _sverka(root, data, "index", "--sample")
    return str(data / "sverka" / "sample")


def _sverka(root: Path, data: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SVERKA_ARCHIVE")}
    command = [sys.executable, "-c", "from rag.cli import main; main()", *arguments]
    ran = subprocess.run(
        command,
        env={**environment, "XDG_DATA_HOME": str(data), "PYTHONPATH": str(root)},
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def refresher(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("readme", root / "tools" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.usefixtures("sample")
def test_its_commands_print_what_it_shows(readme: str, data: Path, refresher: ModuleType) -> None:
    shown = refresher.refreshed(readme, data)
    assert "```console\n$ sverka" in readme
    assert CONFIDENCE.sub("", readme) == CONFIDENCE.sub("", shown), "run: python tools/readme.py"


def test_its_programs_run(readme: str, sample: str, root: Path, tmp_path: Path) -> None:
    programs = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    assert len(programs) == 2
    for program in programs:
        assert '"my-archive"' in program
        ran = subprocess.run(
            [sys.executable, "-c", program.replace('"my-archive"', repr(sample))],
            env={**os.environ, "PYTHONPATH": str(root)},
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        assert ran.stdout.strip()


def test_its_table_names_the_keys_of_each_command(readme: str, sample: str, root: Path, data: Path) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", readme, re.MULTILINE)
    documented = {command: re.findall(r"`(\w+)`", keys) for command, keys in rows}
    question = "How long did the talks last?"
    found = json.loads(_sverka(root, data, "search", question, "--archive", sample, "--json"))
    arguments = {command: [question] for command in ("ask", "search", "timeline")}
    arguments |= {"show": [found["hits"][0]["doc_id"]], "index": ["--sample"]}
    for command, keys in documented.items():
        place = [] if command == "version" else ["--archive", sample]
        printed = json.loads(_sverka(root, data, command, *arguments.get(command, []), *place, "--json"))
        assert list(printed) == keys, command
    assert len(documented) == 9


def test_its_links_lead_somewhere(readme: str, root: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", readme)
    assert links
    assert [link for link in links if "://" not in link and not (root / link).exists()] == []


def test_it_names_every_command_and_every_target_of_make(readme: str, root: Path, data: Path) -> None:
    listed = _sverka(root, data, "--help").partition("Commands:\n")[2].partition("\n\n")[0]
    commands = [line.split()[0] for line in listed.splitlines()]
    assert [command for command in commands if f"`{command}`" not in readme and f"`sverka {command}" not in readme] == []
    help_lines = (root / "Makefile").read_text(encoding="utf-8").partition("help:\n")[2].partition("\n\n")[0]
    targets = set(re.findall(r"make (\w+)", help_lines))
    phony = re.search(r"^\.PHONY: (.*)$", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert phony
    assert set(phony[1].split()) - {"help", "browser", "python"} == targets
