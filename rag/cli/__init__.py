"""The `sverka` command. `main` is its entry point; the commands themselves are in `commands.py`.

Exit codes: 0 done (an abstention too), 1 an error or a source that could not be indexed, 2 wrong usage,
130 stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Sequence

from rag.errors import QueryError, SverkaError

__all__ = ["main"]

_NO_TELEMETRY = {
    "ANONYMIZED_TELEMETRY": "False",  # Chroma
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


def main() -> None:
    """Run the command line that the process was started with, and leave with its exit code."""
    # The packages below read these when they are imported, so they are set before any command runs. A program that
    # uses Sverka as a library keeps its own environment.
    for name, value in _NO_TELEMETRY.items():
        os.environ.setdefault(name, value)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the process
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open until the process ends
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Errors that a user can meet become one line on stderr."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _say("Stopped. What was indexed is kept; run the same command to go on.")
        return 130


def _run(arguments: Sequence[str]) -> int:
    import typer

    from rag.cli.commands import app

    # Not app(...): Typer's own runner leaves the process by itself on a broken pipe, and hides Ctrl-C.
    command = typer.main.get_command(app)
    try:
        with command.make_context("sverka", list(arguments)) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except BrokenPipeError:
        # The reader (head, less) went away, which is its right. Without this the interpreter complains while leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except typer.TyperException as error:
        error.show() if hasattr(error, "show") else _say(str(error))
        return error.exit_code
    except (SverkaError, OSError, sqlite3.Error) as error:
        _say(f"Error: {error}")
        return 2 if isinstance(error, QueryError) else 1
    return 0


def _say(message: str) -> None:
    from rag.cli.output import clean

    print(clean(message), file=sys.stderr)
