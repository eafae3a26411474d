"""Public question sets, read from a path that the user gives, into the two things an evaluation needs.

    records   documents as JSON objects, to be written as JSON lines and indexed like anybody's articles
    cases     questions with their gold, in the form of `eval.cases`

| form | what is read | languages |
|---|---|---|
| SQuAD | one JSON file or several (XQuAD, MLQA, SberQuAD): `data[].paragraphs[].{context, qas}` | from the file's name |
| BEIR | a folder with corpus.jsonl, queries.jsonl, qrels/*.tsv | as given, else the records' own |
| parallel | a folder with NAME_passages.jsonl and NAME_questions.jsonl; without questions, each text is one | the records' own |

Questions of a set in several languages have gold in each language that holds their passage, so one set serves every
direction: a filter by language picks it. Texts are brought to NFC with plain line ends, as the archive does, and
answer offsets move with them.
"""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from eval.cases import Case, Gold

Half = Literal["all", "fit", "report"]
HALVES: tuple[Half, ...] = ("all", "fit", "report")


class DatasetError(ValueError):
    """A public set is not in the form it was taken for; the message names the file."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set of documents and the questions asked of them."""

    name: str
    records: tuple[Mapping[str, str], ...]
    cases: tuple[Case, ...]

    @property
    def languages(self) -> dict[str, str]:
        """Language by document id."""
        return {record["id"]: record["language"] for record in self.records}

    def half(self, which: Half) -> Dataset:
        """The same documents with the questions of one half, split by group so that no article is in both.

        Groups in alphabetical order go to the two halves by turns; `fit` is for fitting, `report` for reporting.
        """
        if which == "all":
            return self
        groups = sorted({case.group for case in self.cases})
        chosen = set(groups[HALVES.index(which) - 1 :: 2])
        return replace(self, cases=tuple(case for case in self.cases if case.group in chosen))

    def write_records(self, path: Path, *, titles: bool = False) -> Path:
        """Write the documents as JSON lines for `Archive.index`; titles are left out unless asked for."""
        left_out = () if titles else ("title",)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            for record in self.records:
                row = {key: value for key, value in record.items() if key not in left_out}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return path


def load_dataset(path: Path, *, name: str | None = None, language: str | None = None) -> Dataset:
    """The set at `path`, its form found from what is there.

    `name` chooses among several parallel sets in one folder; `language` is for SQuAD files whose name has none and for
    BEIR records without their own. DatasetError where no form fits.
    """
    if path.is_file() and path.suffix == ".json":
        return load_squad([path], language=language)
    if (path / "corpus.jsonl").is_file():
        return load_beir(path, language=language)
    if found := sorted(path.glob(f"{name or '*'}_passages.jsonl")):
        return load_parallel(found[0])
    if files := sorted(path.glob("*.json")):
        return load_squad(files, language=language)
    raise DatasetError(f"{path}: no cases (*.jsonl) are here, and neither SQuAD JSON, nor a BEIR folder, nor NAME_passages.jsonl")


# ---- SQuAD


def load_squad(paths: Sequence[Path], *, language: str | None = None) -> Dataset:
    """SQuAD-format files as one set. Equal contexts of one language are one document.

    Languages come from the names: `xquad.ru.json`, `test-context-es-question-en.json` (MLQA). Questions with the same id
    in several files are parallel: each is asked in its own language and has gold in every language.
    """
    documents: dict[tuple[str, str], dict[str, str]] = {}
    gold: dict[str, list[Gold]] = {}
    asked: dict[tuple[str, str], tuple[str, str]] = {}
    for path in paths:
        of_context, of_question = _squad_languages(path, language)
        for title, context, qas in _squad_paragraphs(path):
            text = _normal(context)
            record = documents.setdefault(
                (of_context, text),
                {"id": f"{of_context}-{len(documents) + 1:05d}", "language": of_context, "title": title, "text": text},
            )
            for qa in qas:
                key = str(qa["id"])
                golds = gold.setdefault(key, [])
                golds += [g for g in _squad_gold(qa, record["id"], context, path) if g not in golds]
                asked[key, of_question] = (qa["question"].strip(), title)
    groups = _titles_by_question(asked)
    cases = tuple(
        Case(
            id=f"{key}-{spoken}",
            question=question,
            language=spoken,
            answerable=bool(gold[key]),
            archive=paths[0].parent.name,
            gold=tuple(gold[key]),
            group=groups[key],
            kind="fact" if gold[key] else "unanswerable",
        )
        for (key, spoken), (question, _) in asked.items()
    )
    return Dataset(paths[0].parent.name, tuple(documents.values()), cases)


def _titles_by_question(asked: Mapping[tuple[str, str], tuple[str, str]]) -> dict[str, str]:
    """One title a question, the same for all languages: that of the language first in the alphabet."""
    titles: dict[str, str] = {}
    for (key, _), (_, title) in sorted(asked.items()):
        titles.setdefault(key, title)
    return titles


def _squad_languages(path: Path, language: str | None) -> tuple[str, str]:
    if mlqa := re.search(r"context-([a-z]{2})-question-([a-z]{2})", path.stem):
        return mlqa[1], mlqa[2]
    if named := re.search(r"[._-]([a-z]{2})$", path.stem):
        return named[1], named[1]
    if language:
        return language, language
    raise DatasetError(f"{path}: the name tells no language (as in xquad.ru.json); say which it is")


def _squad_paragraphs(path: Path) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    try:
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                yield article.get("title", ""), paragraph["context"], paragraph["qas"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise DatasetError(f"{path}: not in SQuAD's form (data, paragraphs, context, qas): {error}") from error


def _squad_gold(qa: Mapping[str, Any], doc: str, context: str, path: Path) -> Iterator[Gold]:
    for answer in qa.get("answers", []):
        start, text = answer["answer_start"], answer["text"]
        if context[start : start + len(text)] == text:
            yield _located(doc, context, start, text)
        elif text in context:  # a few sets count bytes or UTF-16 units: the nearest place with these words is meant
            places = [found.start() for found in re.finditer(re.escape(text), context)]
            yield _located(doc, context, min(places, key=lambda place: abs(place - start)), text)
        else:
            raise DatasetError(f"{path}: the answer of question {qa['id']} does not stand in its paragraph")


# ---- BEIR


def load_beir(folder: Path, *, language: str | None = None) -> Dataset:
    """A BEIR-format folder: corpus.jsonl, queries.jsonl, qrels/test.tsv or else the first file of qrels/.

    Queries without a judged document that is in the corpus are left out.
    """
    records = tuple(
        {
            "id": str(row["_id"]),
            "language": _own_language(row, language),
            "title": row.get("title", ""),
            "text": _normal(row["text"]),
        }
        for row in _json_lines(folder / "corpus.jsonl")
        if row["text"].strip()
    )
    known = {record["id"] for record in records}
    qrels = _qrels(folder)
    cases = []
    for row in _json_lines(folder / "queries.jsonl"):
        gains = {doc: gain for doc, gain in qrels.get(str(row["_id"]), {}).items() if doc in known}
        if gains:
            cases.append(
                Case(
                    id=str(row["_id"]),
                    question=row["text"].strip(),
                    language=_own_language(row, language),
                    answerable=True,
                    archive=folder.name,
                    gold=tuple(Gold(doc, gain=gain) for doc, gain in gains.items()),
                    group=str(row["_id"]),
                )
            )
    return Dataset(folder.name, records, tuple(cases))


def _own_language(row: Mapping[str, Any], language: str | None) -> str:
    metadata = row.get("metadata") or {}
    return language or metadata.get("language") or metadata.get("lang") or row.get("language") or row.get("lang") or "en"


def _qrels(folder: Path) -> dict[str, dict[str, float]]:
    files = sorted((folder / "qrels").glob("*.tsv"))
    chosen = next((file for file in files if file.stem == "test"), files[0] if files else None)
    if chosen is None:
        raise DatasetError(f"{folder}: qrels/*.tsv is missing")
    judged: dict[str, dict[str, float]] = {}
    with chosen.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), 1):
            if number == 1 and row and row[0] == "query-id":
                continue
            try:
                query, doc, gain = row[0], row[-2], float(row[-1])
            except (IndexError, ValueError) as error:
                raise DatasetError(f"{chosen}:{number}: a line is query-id, corpus-id, score, with tabs between") from error
            if gain > 0:
                judged.setdefault(query, {})[doc] = gain
    return judged


# ---- parallel passages


def load_parallel(passages: Path) -> Dataset:
    """NAME_passages.jsonl (`id, pid, lang, title, text`) with NAME_questions.jsonl (`qid, lang, text, gold_pid`) beside it.

    Passages that share a `pid` say the same in several languages, so each of them is gold. Where there are no
    questions, every sentence is asked for in the languages it is not in.
    """
    name = passages.name.removesuffix("_passages.jsonl")
    rows = list(_json_lines(passages))
    by_pid: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_pid.setdefault(row["pid"], []).append(row)
    records = tuple({"id": r["id"], "language": r["lang"], "title": r["title"], "text": _normal(r["text"])} for r in rows)
    questions = passages.with_name(f"{name}_questions.jsonl")
    asked = _questions(questions, by_pid) if questions.is_file() else _sentences_as_questions(by_pid)
    return Dataset(name, records, tuple(replace(case, archive=name) for case in asked))


def _questions(path: Path, by_pid: Mapping[str, list[dict[str, Any]]]) -> Iterator[Case]:
    for row in _json_lines(path):
        pids = row.get("pids_same_question") or [row["gold_pid"]]
        gold: list[Gold] = []
        for passage in (passage for pid in pids for passage in by_pid[pid]):
            answers = [answer for answer in row.get("answers", []) if answer["lang"] == passage["lang"]]
            gold += [_located(passage["id"], passage["text"], answer["start"], answer["text"]) for answer in answers]
            if not answers:
                gold.append(Gold(passage["id"]))
        group = by_pid[row["gold_pid"]][0]["title"] or row["gold_pid"]
        kind = "yes_no" if "answer_yes" in row else "fact"
        yield Case(
            id=row["qid"],
            question=row["text"].strip(),
            language=row["lang"],
            answerable=True,
            gold=tuple(gold),
            kind=kind,
            group=group,
        )


def _sentences_as_questions(by_pid: Mapping[str, list[dict[str, Any]]]) -> Iterator[Case]:
    for pid, versions in by_pid.items():
        for row in versions:
            gold = tuple(Gold(other["id"]) for other in versions if other is not row)
            if gold:
                yield Case(id=row["id"], question=row["text"], language=row["lang"], answerable=True, gold=gold, group=pid)


# ---- shared


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines: Iterable[str] = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read ({error.strerror})") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise DatasetError(f"{path}:{number}: not JSON: {error.msg}") from error


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _located(doc: str, text: str, start: int, answer: str) -> Gold:
    """Gold at the place that `start` in the raw text has become in the normalised one."""
    return Gold(doc, _normal(answer), start=len(_normal(text[:start])))
