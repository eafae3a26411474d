"""Where cases come from, and the archives that they are asked of."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from eval.cases import Case, CaseError, load_cases
from eval.datasets import Dataset, DatasetError, load_dataset
from rag import Archive, Settings

HERE = Path(__file__).resolve().parent
CASES = HERE / "cases"


def read_cases(paths: Sequence[Path]) -> Iterator[tuple[str, Dataset | None, list[Case]]]:
    """Cases by the archive they belong to: its name, the documents to make it of (None: a folder of that name), the cases."""
    for path in paths:
        if not path.exists():
            raise CaseError(f"{path}: there is no such file or folder")
    plain = [path for path in paths if is_cases(path)]
    by_archive: dict[str, list[Case]] = {}
    for case in load_cases(*plain) if plain else ():
        by_archive.setdefault(case.archive, []).append(case)
    for name, cases in by_archive.items():
        yield name, None, cases
    for path in paths:
        if path not in plain:
            dataset = load_dataset(path)
            yield dataset.name, dataset, directions(dataset)


def is_cases(path: Path) -> bool:
    """Whether a path holds cases of ours; else it is a public set."""
    if path.is_dir():
        names = {file.name for file in path.glob("*.jsonl")}
        return bool(names) and "corpus.jsonl" not in names and not any(name.endswith("_passages.jsonl") for name in names)
    return path.suffix != ".json"


def directions(dataset: Dataset) -> list[Case]:
    """Each question once for each language that holds gold for it, filtered by that language where there are several."""
    languages = dataset.languages
    if len(set(languages.values())) < 2:
        return list(dataset.cases)
    found = []
    for case in dataset.cases:
        for wanted in sorted({languages[gold.doc] for gold in case.gold}) or [""]:
            gold = tuple(g for g in case.gold if languages[g.doc] == wanted)
            found.append(replace(case, id=f"{case.id}→{wanted}", gold=gold, languages=(wanted,) if wanted else ()))
    return found


@contextmanager
def archive_for(name: str, dataset: Dataset | None, given: Path | None, settings: Settings) -> Iterator[tuple[Archive, str]]:
    """The archive given, else one made for this run; and a text that changes with what it holds."""
    if given is not None:
        with Archive.open(given) as archive:
            held = archive.stats()
            yield archive, f"{given.absolute()} {held.generation} {held.documents}"
        return
    with tempfile.TemporaryDirectory() as scratch:
        source = dataset.write_records(Path(scratch) / "records.jsonl") if dataset else collection(name)
        with Archive.create(Path(scratch) / "archive", settings=settings) as archive:
            if failed := archive.index([source]).failed:
                raise DatasetError(f"{failed[0].source}: {failed[0].reason}")
            yield archive, digest_of(source)


def collection(name: str, where: str = "") -> Path:
    """The folder of a collection that comes with the program: `corpus`, the sample articles, or one beside the cases.

    CaseError where there is none of that name; it begins with `where`, the file and line that name it.
    """
    if name == "corpus":
        installed = Path(str(files("rag"))) / "sample"
        return installed if installed.is_dir() else HERE.parent / "corpus"
    if name in {path.name for path in CASES.iterdir() if path.is_dir()}:
        return CASES / name
    place = f"{where}: " if where else ""
    raise CaseError(f"{place}no collection {name!r} comes with this program; say which archive is meant with --archive")


def digest_of(path: Path) -> str:
    """A digest of a file, or of all files of a folder."""
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file() and "__pycache__" not in file.parts:
            digest.update(f"{file.name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
