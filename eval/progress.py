"""Counters on stderr for runs that take a while: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Tick = Callable[[str], None]
SECONDS_BETWEEN_LINES = 30.0


@contextmanager
def counting(**totals: int) -> Iterator[Tick]:
    """A counter a stage; gives the function to call with the stage's name once a question. `totals` are the stages' lengths."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"), TimeElapsedColumn())
    tasks: dict[str, Any] = {}
    done: dict[str, int] = {}
    terminal = sys.stderr.isatty()
    said = time.monotonic()
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), disable=not terminal, transient=True) as bar:

        def tick(stage: str) -> None:
            nonlocal said
            done[stage] = done.get(stage, 0) + 1
            reached = f"{done[stage]} of {totals[stage]}" if stage in totals else f"{done[stage]}"
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=totals.get(stage), done=reached)
            bar.update(tasks[stage], advance=1, done=reached)
            if not terminal and time.monotonic() - said > SECONDS_BETWEEN_LINES:
                said = time.monotonic()
                print(f"{stage}: {reached}", file=sys.stderr, flush=True)

        yield tick
