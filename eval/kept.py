"""Results as they come, so that a run that was stopped goes on where it was.

A file of JSON lines beside the one that the run will be written to; a case is found in it again only where the program, its
settings, the archive and the case are what they were.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ENDING = ".unfinished"

Key = tuple[str, str, str]


class Kept:
    """The rows of an unfinished run. Without a path nothing is kept."""

    def __init__(self, written_to: Path | None) -> None:
        self.path = written_to and written_to.with_name(written_to.name + ENDING)
        self._rows: dict[Key, dict[str, Any]] = {}
        if self.path and self.path.is_file():
            for line in self.path.read_text(encoding="utf-8", errors="replace").split("\n"):
                self._take(line)

    def _take(self, line: str) -> None:
        try:
            under, case, digest, row = json.loads(line)
        except ValueError:
            return  # the line that was being written when the run was stopped
        self._rows[under, case, digest] = row

    def get(self, under: str, case: str, digest: str) -> Mapping[str, Any] | None:
        """What was kept of the case; None where there is nothing, or it was made under other conditions."""
        return self._rows.get((under, case, digest))

    def add(self, under: str, case: str, digest: str, row: Mapping[str, Any]) -> None:
        """Write down what came back for a case."""
        if self.path:
            with self.path.open("a", encoding="utf-8") as file:
                # a line end on both sides: the line before may have been cut off
                file.write("\n" + json.dumps([under, case, digest, row], ensure_ascii=False) + "\n")

    def finished(self) -> None:
        """The run is complete: its rows need not be kept any more."""
        if self.path:
            self.path.unlink(missing_ok=True)
