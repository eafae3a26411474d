"""Where things are: the archive that a command means, and the sample articles."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from rag.errors import ArchiveExists
from rag.settings import Settings, default_archive_dir

_MARK = "made-of-sample"


def sample_corpus() -> Path:
    """The folder of the sample articles: in an installed package `rag/sample`, in a source checkout `corpus`."""
    package = Path(str(resources.files("rag")))
    installed = package / "sample"
    return installed if installed.is_dir() else package.parent / "corpus"


def archive_dir(named: Path | None, *, sample: bool = False) -> Path:
    """The archive to write to: `--archive`, else SVERKA_ARCHIVE, else the user's own, or with `sample` the sample's own."""
    return default_archive_dir(sample=sample) if named is None else named.expanduser()


def sample_for(directory: Path) -> Path | None:
    """The sample articles for the archive in `directory`, which is made where there is none.

    None where the archive was made of something else: the sample never mixes with a user's own articles by itself. An
    archive stays with the copy of the sample that it was made of while that exists, since the same article from two
    places would be an error.
    """
    from rag.archive import Archive

    mark = directory / _MARK
    if not mark.is_file():
        try:
            Archive.create(directory, settings=Settings.from_env()).close()
        except ArchiveExists:
            return None
    elif (made_of := Path(mark.read_text(encoding="utf-8"))).is_dir():
        return made_of
    mark.write_text(str(sample_corpus()), encoding="utf-8")
    return sample_corpus()
