"""What stands beside a text file about it: sidecars and manifests.

A *sidecar* of `article.txt` is `article.meta.json`, or an `article.json` that has no text of its own: one JSON object with
the keys of fields.py. A *manifest* is `manifest.jsonl` (an object a line) or `manifest.json` (an array of objects) in the
same folder: each entry has `file`, the bare name of a text file, and the keys of fields.py. A sidecar wins over a manifest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from rag.errors import IngestError
from rag.ingest.errors import Unreadable
from rag.ingest.fields import Fields, read_fields
from rag.text import decode_text

TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown")
MANIFESTS = ("manifest.jsonl", "manifest.json")
_META = ".meta.json"
_LARGEST_SIDECAR = 1024 * 1024  # bytes
_LARGEST_MANIFEST = 256 * 1024 * 1024


def load_json(data: bytes, what: str) -> object:
    """The JSON value in `data`. Raises Unreadable saying where `what` is broken."""
    try:
        text, _ = decode_text(data)
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"{what} is broken JSON: {error.msg} at line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise Unreadable(f"{what} is JSON nested too deep") from error
    except ValueError as error:
        raise Unreadable(f"{what} cannot be read: {error}") from error


def is_sidecar(path: Path) -> bool:
    """Whether the file describes a text file beside it, or by its name claims to."""
    if path.name.lower().endswith(_META):
        return True
    if path.suffix.lower() != ".json" or not any(path.with_suffix(ending).is_file() for ending in TEXT_ENDINGS):
        return False
    try:
        if path.stat().st_size > _LARGEST_SIDECAR:
            return False
        value = load_json(path.read_bytes(), "it")
    except (OSError, Unreadable):
        # Beside an article of its name, a broken file is its sidecar: the article's error will say what is wrong with it.
        return True
    return isinstance(value, dict) and "text" not in {str(key).strip().lower() for key in value}


def companion_reader(path: Path) -> Callable[[Path, str], list[IngestError]] | None:
    """What reports the faults of a manifest or a sidecar; None for any other file."""
    if path.name in MANIFESTS:
        return _manifest_faults
    return _sidecar_faults if is_sidecar(path) else None


def _sidecar_faults(path: Path, source: str) -> list[IngestError]:
    """One fault where no article is beside a sidecar; other faults are reported for the article."""
    stem = path.name[: -len(_META)] if path.name.lower().endswith(_META) else path.stem
    if any((path.parent / (stem + ending)).exists() for ending in TEXT_ENDINGS):
        return []
    return [IngestError(source, "this sidecar describes an article that is not beside it")]


def _manifest_faults(path: Path, source: str) -> list[IngestError]:
    """Lines that cannot be read, entries for files that are not there."""
    status = path.stat()
    faults = _load_manifest(path, status.st_mtime_ns, status.st_size)[1]
    return [IngestError(f"{source}#{place}" if place else source, reason) for place, reason in faults]


def given_for(path: Path) -> list[tuple[Fields, str]]:
    """What the sidecar and the manifest say of the text file at `path`, the sidecar first.

    Raises Unreadable where either is broken or has a field that cannot be read.
    """
    given: list[tuple[Fields, str]] = []
    for beside in (path.with_suffix(_META), path.with_suffix(".json")):
        if beside.is_file() and is_sidecar(beside):
            given.append((_read_sidecar(beside), "sidecar"))
            break
    for entry in _entries_for(path):
        try:
            given.append((read_fields(entry), "manifest"))
        except Unreadable as error:
            raise Unreadable(f"in its manifest entry, {error}") from error
    return given


def _read_sidecar(path: Path) -> Fields:
    value = load_json(path.read_bytes(), f"its sidecar {path.name}")
    if not isinstance(value, dict):
        raise Unreadable(f"its sidecar {path.name} holds no JSON object")
    try:
        return read_fields(value)
    except Unreadable as error:
        raise Unreadable(f"in its sidecar {path.name}, {error}") from error


def _entries_for(path: Path) -> Iterator[Mapping[str, object]]:
    for name in MANIFESTS:
        manifest = path.parent / name
        if manifest.is_file():
            status = manifest.stat()
            entry = _load_manifest(manifest, status.st_mtime_ns, status.st_size)[0].get(path.name)
            if entry is not None:
                yield entry


@lru_cache(maxsize=4)
def _load_manifest(path: Path, modified: int, size: int) -> tuple[dict[str, Mapping[str, object]], tuple[tuple[str, str], ...]]:
    """The manifest's entries by file name, and its faults as (place, reason). Read once a state of the file, for all the
    articles of its folder."""
    entries: dict[str, Mapping[str, object]] = {}
    faults: list[tuple[str, str]] = []
    try:
        values = list(_manifest_values(path))
    except (OSError, Unreadable) as error:
        return {}, (("", f"the manifest cannot be used: {error}"),)
    for place, value in values:
        if isinstance(value, Unreadable):
            faults.append((place, str(value)))
        elif not isinstance(value, dict) or not isinstance(value.get("file"), str):
            faults.append((place, "this entry of the manifest names no file; give it the key 'file'"))
        elif (fault := _fault(path.parent, name := value["file"], entries)) is not None:
            faults.append((place, fault))
        else:
            entries[name] = value
    return entries, tuple(faults)


def _manifest_values(path: Path) -> Iterator[tuple[str, object]]:
    if path.stat().st_size > _LARGEST_MANIFEST:
        raise Unreadable(f"it has more than {_LARGEST_MANIFEST >> 20} MB")
    data = path.read_bytes()
    if path.suffix.lower() == ".json":
        values = load_json(data, "it")
        if not isinstance(values, list):
            raise Unreadable("it holds no JSON array of entries")
        yield from ((f"entry-{number}", value) for number, value in enumerate(values, 1))
        return
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            try:
                yield f"line-{number}", load_json(line, "this line")
            except Unreadable as error:
                yield f"line-{number}", error


def _fault(folder: Path, name: str, entries: Mapping[str, object]) -> str | None:
    if "/" in name or "\\" in name or name in (".", ".."):
        return f"the manifest names {name!r}; it speaks of files in its own folder only, by their bare names"
    if Path(name).suffix.lower() not in TEXT_ENDINGS:
        return f"the manifest names {name!r}; it speaks of text files only ({', '.join(TEXT_ENDINGS)})"
    if name in entries:
        return f"the manifest names {name!r} twice"
    if not (folder / name).exists():
        return f"the manifest names {name!r}, which is not in its folder"
    return None
