"""One run of the evaluation: ask every case, score what comes back, compare with the baseline, and say what got worse.

    sverka eval [CASES…] [--archive DIR] [--model M] [--allow-remote] [--report out.html] [--json out.json] [--baseline FILE]
    sverka eval --compare RUN_A RUN_B [--report out.html]
    sverka eval --accept REASON

CASES are files or folders of cases (`eval.cases`) or public sets (`eval.datasets`); without any, the ones beside this file.
Cases are asked of `--archive`, else of an archive made for the run from the documents they belong to.

Exit code: 0; 1 where a quality figure is below the baseline by more than its noise, or one that must be 1 is not; 2 where cases
are malformed, or the command is; 3 where the run could not be made (archive, model, a file that cannot be written); 130 where it
was stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from eval import report
from eval.cases import Case, CaseError
from eval.datasets import DatasetError
from eval.figures import COLUMNS, Overlap, Result, broken, by_pair, changes, measure, overlap
from eval.kept import Kept
from eval.metrics import Interval
from eval.page import page
from eval.progress import Tick, counting
from eval.scoring import check, digest, query_of, score, told
from eval.sources import CASES, HERE, archive_for, collection, digest_of, read_cases
from rag import Archive, Assistant, Settings, SverkaError

BASELINE = HERE / "baseline.json"

OK, WORSE, MALFORMED, FAILED, STOPPED = 0, 1, 2, 3, 130


@dataclass(slots=True)
class Shown:
    """What a reader needs to judge one case: the question, the answer, the gold, what was found, the conflicts told and due.

    `fallback` says why a language model's answer was not used, where it was not.
    """

    question: str
    answer: str
    gold: list[str]
    found: list[str]
    differences: list[str]
    due: list[str]
    fallback: str | None = None


@dataclass(slots=True)
class Timing:
    """Seconds that one case took."""

    search: float
    ask: float


@dataclass
class Run:
    """All results of one run, with what a reader needs to judge them, case by case in the same order.

    The figures are computed when they are first asked for; a run is not changed after that.
    """

    results: list[Result]
    shown: list[Shown]
    timings: list[Timing]
    fingerprint: str
    command: str

    @cached_property
    def figures(self) -> dict[str, Interval]:
        """Every figure that has a value, with its interval."""
        return measure(self.results)

    @cached_property
    def pairs(self) -> list[tuple[str, list[Result], dict[str, Interval]]]:
        """All cases, then each language pair: its name, its results, and the figures of the headline table."""
        groups = by_pair(self.results).items()
        return [("all", self.results, self.figures), *((pair, group, measure(group, tuple(COLUMNS))) for pair, group in groups)]

    def to_dict(self) -> dict[str, Any]:
        """All but `timings` is the same on the same archive and machine, to the last digit."""
        return {
            "command": self.command,
            "fingerprint": self.fingerprint,
            "figures": {name: plain(interval) for name, interval in self.figures.items()},
            "results": [asdict(result) for result in self.results],
            "shown": [asdict(shown) for shown in self.shown],
            "timings": [asdict(timing) for timing in self.timings],
        }


def plain(interval: Interval) -> dict[str, float | None]:
    """An interval for JSON, which has no word for a bound that is not known."""
    return {name: None if math.isnan(value) else value for name, value in asdict(interval).items()}


# ---- asking


Row = tuple[Result, Shown, Timing]


def evaluate(
    cases: Iterable[Case],
    archive: Archive,
    assistant: Assistant,
    tick: Tick = lambda stage: None,
    remembered: Callable[[Case, Callable[[], Row]], Row] = lambda case, ask: ask(),
) -> Run:
    """Ask every case of the archive and score what comes back. CaseError where a case does not fit the archive.

    `remembered` gives the row of a case, by asking or from an earlier run.
    """
    cases = list(cases)
    check(cases, archive)
    run = Run([], [], [], assistant.fingerprint, "")
    for case in cases:
        result, shown, timing = remembered(case, lambda case=case: asked(case, archive, assistant))  # type: ignore[misc]
        run.results.append(result)
        run.shown.append(shown)
        run.timings.append(timing)
        tick("cases")
    return run


def asked(case: Case, archive: Archive, assistant: Assistant) -> Row:
    """What came back for one case."""
    query = query_of(case)
    start = time.perf_counter()
    hits = archive.search(query)
    searched = time.perf_counter()
    answer = assistant.ask(query, history=case.history)
    ended = time.perf_counter()
    result = score(case, archive, hits, answer)
    if case.timeline:
        result.timeline_recall = told(case, assistant.timeline(query))
    shown = Shown(
        case.question,
        " / ".join(claim.text for claim in answer.claims) or (answer.abstention.detail if answer.abstention else ""),
        [f"{gold.doc}: {gold.quote}" for gold in case.gold],
        [f"{hit.document.id}: {hit.text}" for hit in hits[:3]],
        [f"{c.relation}, {c.about}: {' · '.join(side.value for side in c.sides)}" for c in answer.conflicts],
        [f"{'|'.join(due.relations)}, {'|'.join(due.about)}: {' · '.join(due.values)}" for due in (case.conflict,) if due],
        answer.fallback,
    )
    return result, shown, Timing(searched - start, ended - searched)


def ask_all(paths: Sequence[Path], given: Path | None, settings: Settings, kept: Kept) -> Run:
    """Every case of the paths, each group in its archive. `kept` rows are taken over, and new ones added to it."""
    groups = list(read_cases(paths))
    total = sum(len(cases) for _, _, cases in groups)
    if not total:
        raise CaseError(f"{', '.join(map(str, paths))}: no case is here")
    for name, dataset, cases in groups:
        if not given and not dataset:
            collection(name, cases[0].where)
    program = digest_of(Path(sys.modules["rag"].__file__ or "").parent)
    whole = Run([], [], [], "", "")
    with counting(cases=total) as tick:
        for name, dataset, cases in groups:
            with archive_for(name, dataset, given, settings) as (archive, held):
                assistant = Assistant(archive, settings)
                under = digest_text(f"{program} {assistant.fingerprint} {name} {held}")
                part = evaluate(cases, archive, assistant, tick, _remembering(kept, under))
            whole.results += part.results
            whole.shown += part.shown
            whole.timings += part.timings
            whole.fingerprint = whole.fingerprint or part.fingerprint
    return whole


def _remembering(kept: Kept, under: str) -> Callable[[Case, Callable[[], Row]], Row]:
    def remembered(case: Case, ask: Callable[[], Row]) -> Row:
        row = kept.get(under, case.id, digest(case))
        if row is not None:
            return Result(**row["result"]), Shown(**row["shown"]), Timing(**row["timing"])
        result, shown, timing = ask()
        row = {"result": asdict(result), "shown": asdict(shown), "timing": asdict(timing)}
        kept.add(under, case.id, digest(case), row)
        return result, shown, timing

    return remembered


# ---- the command


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, as `main` read it."""

    cases: tuple[Path, ...] = ()
    archive: Path | None = None
    model: str | None = None
    allow_remote: bool | None = None
    report: Path | None = None
    json_out: Path | None = None
    baseline: Path | None = None
    compare: tuple[Path, Path] | None = None
    accept: str | None = None

    @property
    def against(self) -> Path | None:
        """The run to compare with: the one named, else the one that is kept; none where this run is to take its place."""
        if self.accept is not None:
            return None
        return self.baseline or (BASELINE if BASELINE.is_file() else None)

    def complaint(self) -> str | None:
        """What is wrong with this command line, in a sentence; None where nothing is."""
        others = (self.cases, self.archive, self.model, self.baseline, self.json_out)
        if self.compare and (any(others) or self.accept is not None):
            return "--compare reads two runs and asks nothing; of the other options it takes --report alone."
        if self.accept is not None and not self.accept.strip():
            return "--accept needs a reason in words, which is written into the baseline."
        if self.accept is not None and not self.baseline and (self.cases or self.archive):
            return "The baseline is that of our own cases; to accept a run of others, name its file with --baseline."
        for path in (self.report, self.json_out):
            if path and (path.is_dir() or not path.absolute().parent.is_dir()):
                return f"{path} cannot be written: it is a folder, or its folder is not there."
        return None


def run(options: Options) -> int:
    """Run the evaluation, or compare two runs that were written with `--json`; returns the exit code."""
    if complaint := options.complaint():
        report.say(complaint)
        return MALFORMED
    kept = Kept(options.json_out)
    try:
        old, new = both_runs(options, kept)
        code = told_and_written(old, new, options)
    except (CaseError, DatasetError) as error:
        report.say(str(error))
        return MALFORMED
    except (SverkaError, OSError) as error:
        report.say(f"Error: {error}")
        return FAILED
    except KeyboardInterrupt:
        way = (
            "The same command goes on from there." if kept.path else "With --json FILE, a run that is stopped goes on from there."
        )
        report.say(f"Stopped; nothing was compared. {way}")
        return STOPPED
    kept.finished()
    return code


def both_runs(options: Options, kept: Kept) -> tuple[Run | None, Run]:
    """The run to compare with, and the one to be judged."""
    if options.compare:
        old, new = (load_run(path) for path in options.compare)
        return old, new
    old_run = load_run(options.against) if options.against else None
    settings = Settings.from_env(model=options.model, allow_remote=options.allow_remote)
    new = ask_all(options.cases or [CASES], options.archive, settings, kept)
    new.command = command_line(options, settings)
    return old_run, new


def told_and_written(old: Run | None, new: Run, options: Options) -> int:
    """Print and write what the options ask for; returns the exit code."""
    shared = overlap(new.results, old.results) if old else Overlap()
    found = changes(new.results, old.results) if old else []
    if shared.shared == 0 and not options.baseline and not options.compare:
        old = None  # the baseline is of our own cases, these are others
    elif old and not found:
        report.say("The two runs share no case that reads the same, so nothing is compared.")
    comparison = report.Comparison(old, found, shared)
    report.tables(new, comparison)
    faults = broken(new.figures)
    for fault in faults:
        report.say(fault)
    if options.json_out:
        write_json(options.json_out, new.to_dict())
    if options.report:
        options.report.write_text(page(new, comparison), encoding="utf-8")
    if options.accept is not None:
        if faults:
            report.say("Not accepted as the baseline: a figure that must be 1 is not.")
        else:
            write_json(options.baseline or BASELINE, baseline_of(new, options.accept))
    return WORSE if faults or any(change.worse for change in found) else OK


def command_line(options: Options, settings: Settings) -> str:
    """The command that makes these figures again, without the folders of this machine."""
    words = ["sverka eval", *(path.name for path in options.cases)]
    words += ["--archive", options.archive.name] if options.archive else []
    provider, _, named = settings.model.partition(":")
    shown = f"{provider}:{Path(named.partition('@')[0]).name}"  # neither the folder of a file nor the address of a server
    words += ["--model", shown] if named else []
    return " ".join(words)


def baseline_of(run: Run, reason: str) -> dict[str, Any]:
    """What the baseline keeps: figures and results, never texts nor timings."""
    whole = run.to_dict()
    return {"reason": reason} | {name: whole[name] for name in ("command", "fingerprint", "figures", "results")}


def load_run(path: Path) -> Run:
    """A run as `write_json` left it. CaseError where the file is not one."""
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        results = [Result(**row) for row in data["results"]]
        shown = [Shown(**row) for row in data.get("shown", [])]
        timings = [Timing(**row) for row in data.get("timings", [])]
        return Run(results, shown, timings, data["fingerprint"], data["command"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CaseError(f"{path}: not a run of this evaluation ({error})") from error


def write_json(path: Path, data: Mapping[str, Any]) -> None:
    rows = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    path.write_text(rows + "\n", encoding="utf-8")


def digest_text(text: str) -> str:
    """Sixteen hex digits of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def main(argv: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="sverka eval",
        description="Measure the answers on fixed questions, and say what is worse than the baseline.",
        epilog="Exit codes: 0; 1 a figure fell below the baseline by more than its noise; 2 malformed cases or command; "
        "3 the run could not be made; 130 stopped.",
        allow_abbrev=False,
    )
    parser.add_argument("cases", nargs="*", type=Path, help="files or folders of cases, or public sets; else our own cases")
    parser.add_argument("--archive", type=Path, metavar="DIR", help="ask this archive instead of one made for the run")
    who = "who writes: extractive, gguf:FILE, ollama:NAME, openai:NAME@URL or PROVIDER:NAME; else SVERKA_MODEL"
    parser.add_argument("--model", metavar="M", help=who)
    remote = "whether passages may be sent to a model on another machine; else no"
    parser.add_argument("--allow-remote", action="store_true", default=None, help=remote)
    parser.add_argument("--no-remote", action="store_false", dest="allow_remote", help=argparse.SUPPRESS)
    parser.add_argument("--report", type=Path, metavar="FILE", help="write the run as an HTML page")
    parser.add_argument("--json", type=Path, metavar="FILE", dest="json_out", help="write the run as JSON, for --compare")
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="compare with this run instead of the one that is kept")
    parser.add_argument("--compare", nargs=2, type=Path, metavar=("RUN_A", "RUN_B"), help="compare two runs written with --json")
    parser.add_argument("--accept", metavar="REASON", help="make this run the baseline, and write down why")
    read = vars(parser.parse_args(argv))
    return run(Options(**read | {"cases": tuple(read["cases"]), "compare": read["compare"] and tuple(read["compare"])}))


if __name__ == "__main__":
    sys.exit(main())
