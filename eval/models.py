"""What a language model makes of the sample questions: what of its drafts is shown, why the rest is refused, how long it takes.

    python -m eval.models MODEL [--base-url URL] [--languages bg,ru,en] [--most N] [--drafts FILE] [--shown FILE] [--json FILE]
    python -m eval.models --replay FILE [--shown FILE] [--json FILE]

MODEL is named as `--model` names it. The cases are the answerable ones over the sample articles that stand alone: without
filters and earlier questions. Each is asked as a reader asks it, streaming. Every sentence shown is judged by
`eval.second_checker`, which shares no code with the verifier.

`--drafts` keeps what the model wrote with the passages that it was given; `--replay` verifies such a file again, in seconds and
without the model, to compare two versions of the verifier. `--shown` writes the shown sentences beside their quotations, for a
person to read.
Exit code: 0; 1 where the second checker complains; 2 where a file cannot be read; 3 where fewer than 40 sentences of the model
are shown, from which nothing can be concluded.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from eval import second_checker
from eval.cases import Case, CaseError, load_cases, read_lines
from eval.progress import Tick, counting
from eval.scoring import query_of
from eval.sources import CASES, collection
from rag import Answer, Archive, Assistant, Document, Hit, Passage, Query, Settings, SverkaError, load_embedder, verify
from rag.answer.asof import as_known
from rag.answer.drafts.llm import Draft, close, near, to_the_point
from rag.answer.drafts.packing import Packed, given, single_sentences
from rag.answer.drafts.prompts import as_data
from rag.models import load_model, wrap

LANGUAGES = ("bg", "ru", "en")
ENOUGH = 40  # shown sentences, below which a run is inconclusive
OK, COMPLAINTS, UNREADABLE, INCONCLUSIVE = 0, 1, 2, 3


@dataclass(slots=True)
class Asked:
    """One question as it was answered: the model's claims and refusals as `to_dict` writes them, and the complaints about them.

    `first` is seconds from the question to the first verified sentence, None where there was none; `seconds` to the end.
    """

    case: str
    question: str
    language: str
    shown: list[dict[str, Any]]
    refused: list[dict[str, Any]]
    problem: str | None = None
    abstained: bool = False
    first: float | None = None
    seconds: float | None = None
    complaints: list[str] = field(default_factory=list)

    @property
    def drafted(self) -> int:
        return len(self.shown) + len(self.refused)


class Recording:
    """A chat model that keeps what was said to it and by it, in `prompts`. All else is the model's own."""

    def __init__(self, chat: Any) -> None:
        self._chat = chat
        self.prompts: list[dict[str, Any]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chat, name)

    def stream(self, messages: Sequence[tuple[str, str]]) -> Iterator[Any]:
        started = time.perf_counter()
        *_, (_, asked) = (one for one in messages if one[0] == "human")
        begun = f"{messages[-1][1]} " if messages[-1][0] == "ai" else ""
        kept: dict[str, Any] = {"asked": asked, "text": begun}
        self.prompts.append(kept)
        stream = self._chat.stream(messages)
        try:
            for chunk in stream:
                if chunk.text:
                    kept.setdefault("first", round(time.perf_counter() - started, 2))
                kept["text"] += chunk.text
                yield chunk
        finally:
            kept["seconds"] = round(time.perf_counter() - started, 2)
            stream.close()


# ---- asking


def chosen(languages: Sequence[str], most: int | None) -> list[Case]:
    """The sample questions of these languages, `most` of each, evenly over the stories."""
    cases = [
        case
        for case in load_cases(CASES)
        if case.answerable and case.archive == "corpus" and not (case.history or case.until or case.since)
        if not (case.languages or case.outlets) and case.language in languages
    ]
    found: list[Case] = []
    for language in languages:
        own = [case for case in cases if case.language == language]
        count = min(most or len(own), len(own))
        found += [own[i * len(own) // count] for i in range(count)]
    return found


def ask_all(cases: Sequence[Case], settings: Settings, tick: Tick) -> tuple[list[Asked], list[dict[str, Any]]]:
    """Each case answered by the model of the settings over the sample articles; and the same to keep, documents first."""
    chat = Recording(load_model(settings))
    weak = bool(getattr(chat, "weak", False))
    with tempfile.TemporaryDirectory() as scratch, Archive.create(Path(scratch) / "archive", settings=settings) as archive:
        if failed := archive.index([collection("corpus")]).failed:
            raise CaseError(f"{failed[0].source}: {failed[0].reason}")
        assistant = Assistant(archive, settings, model=chat)  # type: ignore[arg-type]
        asked, kept = [], []
        documents: dict[str, Document] = {}
        for case in cases:
            chat.prompts.clear()
            answer, first, seconds = _timed(assistant, query_of(case))
            one = _asked(case, answer, first, seconds)
            documents |= {hit.document.id: hit.document for hit in answer.hits}
            one.complaints = judged(one.shown, {name: document.text for name, document in documents.items()})
            asked.append(one)
            if chat.prompts:
                kept.append(_kept(one, answer, archive, chat.prompts, weak=weak))
            tick("questions")
    head = {
        "model": settings.model,
        "weak": bool(getattr(chat, "weak", False)),
        "documents": [document.to_dict() for document in documents.values()],
    }
    return asked, [head, *kept]


def _timed(assistant: Assistant, query: Query) -> tuple[Answer, float | None, float]:
    started = time.perf_counter()
    first = answer = None
    for event in assistant.stream(query):
        if event.kind == "claim" and first is None:
            first = time.perf_counter() - started
        answer = event.answer
    assert answer is not None
    return answer, first if answer.answerer == "model" else None, time.perf_counter() - started


def _asked(case: Case, answer: Answer, first: float | None, seconds: float) -> Asked:
    return Asked(
        case=case.id,
        question=case.question,
        language=case.language,
        shown=[claim.to_dict() for claim in answer.claims] if answer.answerer == "model" else [],
        refused=[refused.to_dict() for refused in answer.refused],
        problem=answer.cut_short or answer.fallback,
        abstained=answer.abstention is not None,
        first=first,
        seconds=seconds,
    )


def judged(claims: Sequence[Mapping[str, Any]], texts: Mapping[str, str]) -> list[str]:
    """The second checker's complaints about claims, each with the sentence that it is about."""
    return [f"{claim['text']} -- {fault}" for claim in claims for fault in second_checker.check(claim, texts)]


# ---- keeping and replaying


def _kept(one: Asked, answer: Answer, archive: Archive, prompts: Sequence[Mapping[str, Any]], *, weak: bool) -> dict[str, Any]:
    known, _ = as_known(answer.query, archive.latest)
    ranked = archive.retrieve(known).sentences
    offered = single_sentences(answer.hits, answer.language, close(ranked)) if weak else answer.hits
    texts = [as_data(given(hit)) for hit in offered]
    return {
        "case": one.case,
        "question": one.question,
        "language": answer.language,
        "hits": [_span_of(hit) for hit in offered],
        "near": [[name, *span] for name, span in near(ranked)],
        "prompts": [
            {"hits": _places(prompt["asked"], texts)} | {name: prompt[name] for name in prompt if name != "asked"}
            for prompt in prompts
        ],
        "first": one.first,
        "seconds": one.seconds,
    }


def _span_of(hit: Hit) -> dict[str, Any]:
    return {
        "doc": hit.document.id,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "sentences": hit.passage.sentences,
        "best": hit.best_sentence,
    }


def _places(asked: str, texts: Sequence[str]) -> list[int]:
    """Which of the texts a prompt holds, in its order."""
    lines = [line for line in asked.splitlines() if line.startswith("[")]
    return [texts.index(line.partition("] ")[2]) for line in lines]


def replay(path: Path, tick: Tick) -> list[Asked]:
    """The questions of a kept file, with what the model wrote verified anew. CaseError where it is no such file."""
    rows = [row for _, row in read_lines(path)]
    try:
        documents = {one["id"]: _document(one) for one in rows[0]["documents"]}
        texts = {name: document.text for name, document in documents.items()}
        embedder = load_embedder(Settings())
        asked = []
        for row in rows[1:]:
            one = _replayed(row, documents, embedder, weak=rows[0]["weak"])
            one.complaints = judged(one.shown, texts)
            asked.append(one)
            tick("questions")
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise CaseError(f"{path}: these are no drafts that --drafts wrote ({type(error).__name__}: {error})") from error
    return asked


def _document(kept: Mapping[str, Any]) -> Document:
    published = kept["published"]
    read = date.fromisoformat if published and len(published) == 10 else datetime.fromisoformat
    return Document(
        **{name: kept[name] for name in ("id", "text", "source", "sha256", "title", "outlet", "language", "url")},
        published=read(published) if published else None,
        skipped=tuple((start, end) for start, end in kept["skipped"]),
    )


def _replayed(row: Mapping[str, Any], documents: Mapping[str, Document], embedder: Any, *, weak: bool) -> Asked:
    hits = [_hit(number, kept, documents[kept["doc"]]) for number, kept in enumerate(row["hits"], 1)]
    spots = [(name, (start, end)) for name, start, end in row["near"]]
    check = to_the_point(partial(verify, embedder=embedder, language=row["language"]), spots)
    writer = replace(wrap(_Repeating(), allow_remote=False, context_tokens=4096), weak=weak)  # type: ignore[arg-type]
    draft = Draft(writer, row["question"], row["language"], hits, check)
    prompts = [Packed(tuple(hits[i] for i in one["hits"]), [("human", one["text"])], 0) for one in row["prompts"]]
    for _ in draft.written(prompts):
        pass
    return Asked(
        case=row["case"],
        question=row["question"],
        language=row["language"] or "",
        shown=[claim.to_dict() for claim in draft.claims],
        refused=[refused.to_dict() for refused in draft.refused],
        problem=draft.problem,
    )


class _Repeating:
    """A chat model that says what it is told."""

    def stream(self, messages: Sequence[tuple[str, str]]) -> Iterator[Any]:
        yield SimpleNamespace(text=messages[-1][1])


def _hit(number: int, kept: Mapping[str, Any], document: Document) -> Hit:
    sentences = tuple((start, end) for start, end in kept["sentences"])
    passage = Passage(number, document.id, number, kept["start"], kept["end"], sentences)
    start, end = kept["best"]
    return Hit(passage, document, 1.0, 1, None, (start, end))


# ---- the report


def counts(asked: Sequence[Asked]) -> dict[str, dict[str, Any]]:
    """The figures of a run, by language and for `all`: of questions and sentences numbers, of times seconds (median, p95)."""
    table = {}
    for language in (*LANGUAGES, "all"):
        own = [one for one in asked if language in (one.language, "all")]
        if own:
            table[language] = {
                "questions": len(own),
                "abstained": sum(one.abstained for one in own),
                "answered": sum(bool(one.shown) for one in own),
                "drafted": sum(one.drafted for one in own),
                "shown": sum(len(one.shown) for one in own),
                "complained of": sum(len({line.partition(" -- ")[0] for line in one.complaints}) for one in own),
                "first, median": _median([one.first for one in own]),
                "first, p95": _p95([one.first for one in own]),
                "end, median": _median([one.seconds for one in own if one.drafted]),
                "end, p95": _p95([one.seconds for one in own if one.drafted]),
                "refused": dict(Counter(refused["code"] for one in own for refused in one.refused).most_common()),
            }
    return table


def _median(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(statistics.median(known), 1) if known else None


def _p95(values: Sequence[float | None]) -> float | None:
    known = sorted(value for value in values if value is not None)
    return round(known[min(len(known) - 1, int(0.95 * len(known)))], 1) if known else None


def show(asked: Sequence[Asked]) -> None:
    """The figures on stdout, the reasons for refusals, and each complaint of the second checker."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 130, highlight=False)
    table = counts(asked)
    figures = Table(title="Sentences, and seconds to the first verified one and to the end")
    figures.add_column("")
    for language in table:
        figures.add_column(language, justify="right")
    codes = list(dict.fromkeys(code for column in table.values() for code in column["refused"]))
    for name in [name for name in table["all"] if name != "refused"]:
        figures.add_row(name, *("–" if column[name] is None else str(column[name]) for column in table.values()))
    for code in codes:
        figures.add_row(f"refused: {code}", *(str(column["refused"].get(code, 0)) for column in table.values()))
    console.print(figures)
    for one in asked:
        for line in one.complaints:
            console.print(f"{one.case}: {line}", markup=False)
    shown = table["all"]["shown"]
    if shown < ENOUGH:
        console.print(f"INCONCLUSIVE: {shown} sentences of the model were shown, and {ENOUGH} are needed.")


def written_out(asked: Sequence[Asked]) -> str:
    """Every shown sentence with its question and its quotations, for a person to read."""
    lines, number = [], 0
    for one in asked:
        for claim in one.shown:
            number += 1
            lines += [f"{number}. {one.case}: {one.question}", f"   {claim['text']}"]
            lines += [f"   = {quoted['doc_id']}: {quoted['quote']}" for quoted in claim["citations"]]
    return "\n".join(lines) + "\n"


def run(args: argparse.Namespace) -> int:
    """One run of the command line; returns the exit code."""
    try:
        with counting() as tick:
            if args.replay:
                asked = replay(args.replay, tick)
            else:
                names = ("model", "base_url", "context_tokens", "threads", "allow_remote")
                cases = chosen(args.languages.split(","), args.most)
                asked, kept = ask_all(cases, Settings.from_env(**{name: getattr(args, name) for name in names}), tick)
                if args.drafts:
                    lines = (json.dumps(row, ensure_ascii=False) for row in kept)
                    args.drafts.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except (CaseError, SverkaError) as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    show(asked)
    if args.shown:
        args.shown.write_text(written_out(asked), encoding="utf-8")
    if args.json_out:
        data = {"figures": counts(asked), "questions": [asdict(one) for one in asked]}
        args.json_out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if sum(len(one.shown) for one in asked) < ENOUGH:
        return INCONCLUSIVE
    return COMPLAINTS if any(one.complaints for one in asked) else OK


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m eval.models", description="Measure a language model's answers.")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("model", nargs="?", help="gguf:FILE, ollama:NAME, openai:NAME or another provider's")
    which.add_argument("--replay", type=Path, metavar="FILE", help="verify the drafts of a file that --drafts wrote")
    parser.add_argument("--base-url", help="the address of an openai: or ollama: server")
    parser.add_argument("--allow-remote", action="store_true", default=None, help="the model may be on another machine")
    parser.add_argument("--context", type=int, dest="context_tokens", help="the most tokens of context")
    parser.add_argument("--threads", type=int, help="threads; one a core without it")
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="of the questions, comma-separated")
    parser.add_argument("--most", type=int, metavar="N", help="at most N questions of each language")
    parser.add_argument("--drafts", type=Path, metavar="FILE", help="keep what the model wrote")
    parser.add_argument("--shown", type=Path, metavar="FILE", help="write every shown sentence with its quotations")
    parser.add_argument("--json", type=Path, metavar="FILE", dest="json_out", help="write the figures and every verdict")
    return run(parser.parse_args(argv))


if __name__ == "__main__":
    sys.exit(main())
