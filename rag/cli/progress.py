"""Progress on stderr: a bar on a terminal, an occasional line elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.types import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_SECONDS_BETWEEN_LINES = 5.0


class Reporter:
    """Call it with each Progress of a long job; use it as a context manager so that the bar goes when the job ends."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._stage = ""
        self._next_line = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        stage = progress.stage[:1].upper() + progress.stage[1:]
        if sys.stderr.isatty():
            self._show(stage, progress)
        else:
            self._write(stage, progress)

    def _show(self, stage: str, progress: Progress) -> None:
        if self._bar is None:
            self._bar = _make_bar()
            self._bar.start()
        if self._task is None or stage != self._stage:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(stage, total=progress.total)
            self._stage = stage
        self._bar.update(self._task, completed=progress.done, total=progress.total)

    def _write(self, stage: str, progress: Progress) -> None:
        now = time.monotonic()
        finished = progress.done == progress.total
        if stage == self._stage and now < self._next_line and not finished:
            return
        self._stage, self._next_line = stage, now + _SECONDS_BETWEEN_LINES
        amount = f"{progress.done}" if progress.total is None else f"{progress.done} of {progress.total}"
        print(f"{stage}: {amount}", file=sys.stderr, flush=True)


def _make_bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
