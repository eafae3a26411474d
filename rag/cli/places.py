"""Where things are: the archive that a command means, and the sample articles."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from rag.settings import default_archive_dir


def sample_corpus() -> Path:
    """The folder of the sample articles: in an installed package `rag/sample`, in a source checkout `corpus`."""
    package = Path(str(resources.files("rag")))
    installed = package / "sample"
    return installed if installed.is_dir() else package.parent / "corpus"


def archive_dir(named: Path | None, *, sample: bool = False) -> Path:
    """The archive to write to: `--archive`, else SVERKA_ARCHIVE, else the user's own, or with `sample` the sample's own."""
    return default_archive_dir(sample=sample) if named is None else named.expanduser()
