"""Speed and size: what a user waits for and what it costs, beside the plain stack.

    python -m eval.bench --data ../shared/data cold ingest search

    cold     a question on the command line, whole process, beside a script that does the same with the plain stack
    ingest   passages a second: with all sentence vectors, passages alone, and the plain stack
    search   latency, memory, disk and opening time at several sizes; how the time divides; recall against brute force

Every job runs in a process of its own. `--work` keeps models and filler archives for the next run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np

from eval import plots
from eval.datasets import load_dataset
from eval.filler import real_paragraphs
from eval.page import document
from eval.sources import collection

PARTS = ("cold", "ingest", "search")
QUESTION = "How long did the official talks between Putin and Kim in Beijing last?"
QUESTIONS = 660  # a hundred for each filter, for asking and for the division, and those to warm up with
BAR = 60  # characters of the longest bar
ROOT = Path(__file__).resolve().parent.parent
SVERKA = [sys.executable, "-c", "from rag.cli import main; main()"]


@dataclass(frozen=True, slots=True)
class Done:
    """A finished process: seconds on the clock, megabytes at its peak, and the JSON object it printed."""

    seconds: float
    megabytes: float
    said: dict[str, Any]


def spawn(command: Sequence[str]) -> Done:
    """Run a command to its end. RuntimeError with what it said where it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=out, stderr=err, cwd=ROOT, env=os.environ | {"TOKENIZERS_PARALLELISM": "false"}
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command[:6])} ended with {process.returncode}:\n{err.read().decode()[-2000:]}")
        return Done(seconds, usage.ru_maxrss / 1024, json.loads(out.read()))


def module(name: str, *words: object) -> list[str]:
    return [sys.executable, "-m", name, *map(str, words)]


class Table:
    """Rows of text under a title, printed as they are finished and kept for the page."""

    def __init__(self, title: str, *columns: str) -> None:
        self.title, self.columns, self.rows = title, columns, list[tuple[str, ...]]()

    def add(self, *cells: object) -> None:
        self.rows.append(tuple(_number(cell) if isinstance(cell, float) else str(cell) for cell in cells))

    def show(self) -> None:
        from rich.console import Console
        from rich.table import Table as Printed

        printed = Printed(title=self.title)
        for i, column in enumerate(self.columns):
            printed.add_column(column, justify="right" if i and column else "left")
        for row in self.rows:
            printed.add_row(*row)
        Console(width=None if sys.stdout.isatty() else 150).print(printed)

    def html(self) -> str:
        words = [not any(cell[:1].isdigit() for cell in column) for column in zip(*self.rows, strict=True)]
        head, *body = (
            "".join(
                f"<{tag}{' class=words' if of_words else ''}>{escape(cell)}</{tag}>"
                for cell, of_words in zip(row, words, strict=True)
            )
            for tag, row in (("th", self.columns), *(("td", row) for row in self.rows))
        )
        rows = "".join(f"<tr>{row}</tr>" for row in body)
        return f'<h2>{escape(self.title)}</h2><div class="wide"><table><tr>{head}</tr>{rows}</table></div>'


def _number(value: float) -> str:
    """Three digits that count, never in powers of ten."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


@dataclass(frozen=True, slots=True)
class Where:
    """Folders and counts of a run."""

    data: Path
    work: Path
    model: Path | None
    passages: int
    rounds: int
    sizes: tuple[int, ...]


# ---- the parts


def cold(where: Where, figures: dict[str, Any]) -> list[Table]:
    """A question as a whole process, the caches of the disk warm: the best of several runs each."""
    table = Table("A question, whole process", "program", "seconds", "peak MB", "runs")
    with tempfile.TemporaryDirectory() as scratch:
        archive = Path(scratch) / "archive"
        spawn([*SVERKA, "index", "--json", "--archive", str(archive), str(collection("corpus"))])
        ours = [spawn([*SVERKA, "ask", QUESTION, "--json", "--archive", str(archive)]) for _ in range(6)][1:]
        _cold_row(table, figures, "sverka ask", ours)
        if where.model:
            store, file = Path(scratch) / "store", Path(scratch) / "texts.jsonl"
            _write_texts(file, [path.read_text(encoding="utf-8")[:800] for path in collection("corpus").rglob("*.txt")])
            spawn(module("eval.plain", "index", where.model, store, file))
            theirs = [spawn(module("eval.plain", "ask", where.model, store, QUESTION)) for _ in range(3)][1:]
            _cold_row(table, figures, "plain stack", theirs)
    return [table]


def _cold_row(table: Table, figures: dict[str, Any], name: str, runs: Sequence[Done]) -> None:
    seconds, megabytes = float(np.median([r.seconds for r in runs])), max(r.megabytes for r in runs)
    table.add(name, seconds, megabytes, len(runs))
    figures[f"cold: {name}"] = {"seconds": seconds, "megabytes": megabytes}


def ingest(where: Where, figures: dict[str, Any]) -> list[Table]:
    """Passages a second on the same paragraphs, the best of alternating rounds; the plain stack stores passages only."""
    texts = [text for _, text in real_paragraphs(where.data)]
    texts = texts[:: max(1, len(texts) // where.passages)][: where.passages]
    title = f"Ingest of {len(texts)} paragraphs, {np.mean([len(t) for t in texts]):.0f} characters each"
    table = Table(title, "program", "passages/s", "characters/s", "core seconds", "peak MB", "against plain")
    runs: dict[str, list[Done]] = {}
    for _ in range(where.rounds):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            _write_texts(folder / "texts.jsonl", texts)
            _write_texts(folder / "alone.jsonl", [one_sentence(text) for text in texts])
            jobs = {"plain stack": module("eval.plain", "index", where.model, folder / "store", folder / "texts.jsonl")}
            for name, file in (("sverka, with all sentences", "texts"), ("sverka, passages alone", "alone")):
                jobs[name] = module("eval.probe", "ingest", folder / f"{file}.jsonl", folder / file)
            for name, job in jobs.items():
                if where.model or name != "plain stack":
                    runs.setdefault(name, []).append(spawn(job))
    best = {name: min(done, key=lambda d: d.said["seconds"]) for name, done in runs.items()}
    plain = best.get("plain stack")
    for name, done in best.items():
        seconds = done.said["seconds"]
        against = f"{plain.said['seconds'] / seconds:.2f} x" if plain else ""
        figures[f"ingest: {name}"] = {"passages_a_second": len(texts) / seconds, "megabytes": done.megabytes} | done.said
        spent = (len(texts) / seconds, done.said["characters"] / seconds, done.said["cpu_seconds"], done.megabytes)
        table.add(name, *spent, against)
    return [table]


def one_sentence(text: str) -> str:
    """The text with its ends of sentences taken away: passage and sentence are then one text, and embedded once."""
    return re.sub(r"[.!?…]+(?=\s)|\n+", ",", text)


def search(where: Where, figures: dict[str, Any]) -> list[Table]:
    """Latency, memory, disk and opening time at each size."""
    latency = Table(
        "Search and ask, milliseconds, query embedding included", "passages", "what", "median", "p95", "core ms", "recall@50"
    )
    division = Table(
        "How the time of a search divides, milliseconds",
        "passages",
        "language",
        "embedding",
        "dense",
        "lexical",
        "store",
        "rescoring",
        "rest",
    )
    size = Table("Size", "passages", "KB a passage", "open, ms", "ask, peak MB", "index, s", "index, peak MB")
    questions = where.work / "questions.json"
    questions.write_text(json.dumps(some_questions(where.data)), encoding="utf-8")
    for count in where.sizes:
        folder = where.work / f"fillers-{count}"
        fresh = not folder.with_name(f"fillers-{count}.done").is_file()
        filled = spawn(module("eval.probe", "fill", where.data, where.work, count))
        found = spawn(module("eval.probe", "search", folder, questions)).said
        opened = spawn(module("eval.probe", "open", folder)).said
        asked = spawn([*SVERKA, "ask", QUESTION, "--json", "--archive", str(folder)])
        for name, seconds in {**{f"search, filter: {n}": s for n, s in found["search"].items()}, "ask": found["ask"]}.items():
            clock, cores = 1000 * np.array(seconds).T
            middle, slow = np.percentile(clock, [50, 95])
            recall = found["recall"].get(name.removeprefix("search, filter: "))
            latency.add(
                count, name, float(middle), float(slow), float(np.median(cores)), "" if recall is None else f"{recall:.3f}"
            )
            figures.setdefault(f"at {count}", {})[name] = {
                "median_ms": float(middle),
                "p95_ms": float(slow),
                "core_ms": float(np.median(cores)),
                "recall": recall,
            }
        division.add(count, *(found["division"][part] * 1000 for part in division.columns[1:]))
        indexing = (f"{filled.seconds:.0f}", f"{filled.megabytes:.0f}") if fresh else ("kept", "kept")
        per_passage = filled.said["bytes"] / filled.said["passages"] / 1024
        size.add(count, per_passage, opened["open"] * 1000, asked.megabytes, *indexing)
        figures[f"at {count}"] |= {
            "division_ms": {name: seconds * 1000 for name, seconds in found["division"].items()},
            "outside_filters": found["outside"],
            "kb_a_passage": per_passage,
            "open_seconds": opened["open"],
            "ask_megabytes": asked.megabytes,
            "ask_process_seconds": asked.seconds,
        }
    return [latency, division, size, drawn(figures)]


def drawn(figures: Mapping[str, Any]) -> Table:
    """Latency against size as bars, for a terminal: the same lines as in the plot of the page."""
    table = Table("Latency against size, milliseconds, median", "what", "passages", "ms", "")
    series = _series(figures)
    longest = max((ms for points in series.values() for _, ms in points), default=1.0)
    for name, points in series.items():
        for size, ms in points:
            table.add(name, f"{size:,}", float(ms), "█" * max(1, round(BAR * ms / longest)))
    return table


def _series(figures: Mapping[str, Any]) -> dict[str, list[plots.Point]]:
    """(passages, median in milliseconds) at each size, by what was asked."""
    series: dict[str, list[plots.Point]] = {}
    for name, at in figures.items():
        if name.startswith("at "):
            for what in ("search, filter: none", "search, filter: language", "ask"):
                series.setdefault(what.replace("filter: ", "").replace("none", "no filter"), []).append(
                    (int(name[3:]), at[what]["median_ms"])
                )
    return series


def some_questions(data: Path) -> list[str]:
    """Questions in the languages of the set, each once, none with a quotation mark, which in a search is an operator."""
    cases = load_dataset(data, name="xquad").cases if list(data.glob("xquad_*")) else load_dataset(data).cases
    plain = list(dict.fromkeys(case.question for case in cases if '"' not in case.question))
    return plain[:: max(1, len(plain) // QUESTIONS)][:QUESTIONS]


def _write_texts(path: Path, texts: Sequence[str]) -> None:
    rows = [json.dumps({"id": f"text-{i}", "text": text}, ensure_ascii=False) for i, text in enumerate(texts)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


# ---- the command


def plain_model(work: Path) -> Path | None:
    """The same weights for the plain stack; None, with a word on stderr, where they cannot be made."""
    folder, maker = work / "plain-model", ROOT / "tools" / "plain_model.py"
    if not (folder / "modules.json").is_file():
        if not maker.is_file():
            print(f"The plain stack is left out: {maker.name} is not here. Name a model with --model.", file=sys.stderr)
            return None
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, str(maker), str(folder)], check=True, cwd=ROOT, env=environment, capture_output=True)
    return folder


def page(tables: Sequence[Table], figures: Mapping[str, Any]) -> str:
    """The tables and a plot of latency against size, as one page that works offline."""
    series = _series(figures)
    title = "Latency against size, median"
    plot = plots.lines(title, series, across="passages", up="milliseconds", log=True) if series else ""
    body = "".join(table.html() for table in tables if table.columns[-1])  # the bars of the terminal are a plot here
    return document("Sverka: speed and size", f'<h1>Speed and size</h1>{body}<h2>Plot</h2><div class="plots">{plot}</div>')


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; else all")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder with NAME_passages.jsonl")
    parser.add_argument("--work", type=Path, help="keep what is made in this folder")
    parser.add_argument("--model", type=Path, help="sentence-transformers folder for the plain stack; else made of our weights")
    parser.add_argument("--no-plain", action="store_true", help="leave the plain stack out")
    parser.add_argument("--passages", type=int, default=300, help="paragraphs to ingest")
    parser.add_argument("--rounds", type=int, default=2, help="alternating rounds of ingest; the best counts")
    parser.add_argument("--sizes", default="1000,10000,100000", help="sizes of the filler archives")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--report", type=Path, help="write tables and plot to this file, as a page")
    options = parser.parse_args(argv)
    if unknown := sorted(set(options.parts) - set(PARTS)):
        parser.error(f"{unknown[0]!r} is not one of {', '.join(PARTS)}")
    figures: dict[str, Any] = {}
    tables: list[Table] = []
    with tempfile.TemporaryDirectory() as scratch:
        work = (options.work or Path(scratch)).absolute()
        work.mkdir(parents=True, exist_ok=True)
        parts = options.parts or list(PARTS)
        wants_plain = not options.no_plain and {"cold", "ingest"} & set(parts)
        model = (options.model or plain_model(work)) if wants_plain else None
        sizes = tuple(map(int, options.sizes.split(",")))
        where = Where(options.data.absolute(), work, model, options.passages, options.rounds, sizes)
        for part in parts:
            for table in {"cold": cold, "ingest": ingest, "search": search}[part](where, figures):
                table.show()
                tables.append(table)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if options.report:
        options.report.write_text(page(tables, figures), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
