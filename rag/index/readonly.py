"""Folders that may not be written to, for libraries that write even in order to read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def writable(folder: Path) -> Iterator[Path]:
    """The folder, or a passing copy of it where it may not be written to. Raises FileNotFoundError where it goes meanwhile."""
    if os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        yield folder
        return
    with TemporaryDirectory(prefix="sverka-") as copy:
        try:
            shutil.copytree(folder, copy, dirs_exist_ok=True, copy_function=shutil.copyfile)
        except shutil.Error as error:
            raise FileNotFoundError(folder) from error  # a writer is at work: what was listed is gone
        yield Path(copy)
