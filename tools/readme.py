"""Write what the commands in README.md print back into README.md. Run it where a change to the output is meant.

A block of README.md that begins with ```console holds `$ sverka …` lines; what follows each is its output.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

_BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
_README = Path(__file__).resolve().parent.parent / "README.md"


def refreshed(text: str, home: Path) -> str:
    """`text` with the output of each command in its blocks as it is now; the sample archive is made under `home`."""
    return _BLOCK.sub(lambda block: _run_all(block.group(), home), text)


def _run_all(block: str, home: Path) -> str:
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(f"$ {command}\n{_run(command, home)}" for command in commands)


def _run(command: str, home: Path) -> str:
    program, *arguments = shlex.split(command)
    assert program == "sverka", f"README.md runs {program}"
    script = "from rag.cli import main; main()"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SVERKA_ARCHIVE")}
    environment |= {"XDG_DATA_HOME": str(home), "PYTHONPATH": str(_README.parent)}
    ran = subprocess.run(
        [sys.executable, "-c", script, *arguments], env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return ran.stdout


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        _README.write_text(refreshed(_README.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
