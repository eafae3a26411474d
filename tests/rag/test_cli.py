"""The command line as a user runs it: real processes, a real archive."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import platformdirs
import pytest

from rag import Archive, cli
from rag.cli import places

ARTICLES = {
    "bridge.txt": "date 2025-09-03 The new bridge over the Tundzha was opened on Monday. It is 412 metres long and cost "
    "nine million leva. The mayor thanked the builders.",
    "ferry.txt": "Паром «Северянка» вышел из порта Ладога во вторник утром. На борту было 84 пассажира и двенадцать автомобилей. "
    "Капитан сообщил, что рейс прошёл спокойно.",
}
RECORDS = [
    {
        "id": "rose 1",
        "title": "Розобер [red]2025[/red] \x1b]0;x\x07",
        "text": "Розоберът в долината започна с две седмици закъснение. Градинарите очакват осемстотин тона цвят.",
        "date": "2025-05-20",
        "language": "bg",
        "outlet": "Измислен вестник",
    },
]

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "from rag.cli import main; main()"


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]
Start = Callable[..., "subprocess.Popen[str]"]


def _environment(home: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SVERKA_", "XDG_", "FORCE_COLOR"))}
    # The prepared model is kept where the user's own is, so that it is not built for each test.
    cache = os.environ.get("SVERKA_CACHE") or platformdirs.user_cache_dir("sverka")
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "SVERKA_CACHE": cache, **more}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def sverka(home: Path) -> Run:
    """Runs `sverka` with some arguments inside this process, which is quick, for a user whose home folder is empty."""

    def run(*arguments: str, **env: str) -> Done:
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.dict(os.environ, _environment(home, **env), clear=True),
            contextlib.chdir(home),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = cli.run(arguments)
        return Done(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture(scope="module")
def process(home: Path) -> Start:
    """Starts `sverka` with some arguments as a process of its own; its output comes through pipes."""

    def start(*arguments: str | bytes, script: str = SCRIPT, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", script, *arguments],
            env=_environment(home, **env),
            cwd=home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    return start


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("my articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "records.jsonl").write_text("\n".join(json.dumps(record) for record in RECORDS), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(sverka: Run, articles: Path, home: Path) -> str:
    """An archive of the three articles."""
    directory = str(home / "press archive")
    done = sverka("index", str(articles), "--archive", directory)
    assert done.returncode == 0, done.stderr
    return directory


def _json(done: Done) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    value = json.loads(done.stdout)
    assert isinstance(value, dict)
    return value


def test_an_answer_quotes_the_article_and_says_where(sverka: Run, archive: str) -> None:
    done = sverka("ask", "--archive", archive, "How", "long", "is", "the", "new", "bridge?")
    assert done.returncode == 0, done.stderr
    assert "412 metres" in done.stdout
    assert "2025" in done.stdout
    assert "outlet unknown" in done.stdout.lower()
    assert "sverka show " in done.stdout


def test_the_command_that_an_answer_names_shows_the_quotation_marked(sverka: Run, archive: str) -> None:
    claim = _json(sverka("ask", "How long is the new bridge?", "--archive", archive, "--json"))["claims"][0]
    citation = claim["citations"][0]
    span = f"{citation['start']}:{citation['end']}"
    shown = sverka("show", citation["doc_id"], "--span", span, "--archive", archive)
    assert shown.returncode == 0, shown.stderr
    assert f"⟦{citation['quote']}⟧" in shown.stdout


def test_ask_json_is_one_object_with_the_answer_s_own_keys(sverka: Run, archive: str) -> None:
    value = _json(sverka("ask", "На сколько пассажиров был паром?", "--archive", archive, "--json", "-k", "3"))
    assert value["query"]["k"] == 3
    assert [*value] == [
        "query", "language", "claims", "conflicts", "abstention", "confidence", "candidates", "refused", "hits", "answerer",
        "model", "fingerprint", "asked", "as_of", "silent", "sends_to", "packing", "fallback", "cut_short", "timings",
    ]  # fmt: skip


def test_a_timeline_is_printed_as_a_table_or_as_one_object(sverka: Run, archive: str) -> None:
    question = "How long is the new bridge?"
    value = _json(sverka("timeline", question, "--archive", archive, "--json"))
    assert [*value] == ["query", "events"]
    assert value["events"]
    assert [*value["events"][0]] == ["first", "last", "citation", "reported", "said", "resolved"]
    done = sverka("timeline", question, "--archive", archive)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("What happened when:")
    assert value["events"][0]["first"] in done.stdout


def test_an_abstention_exits_with_0(sverka: Run, archive: str) -> None:
    value = _json(sverka("ask", "Who discovered the moons of Jupiter?", "--archive", archive, "--json"))
    assert value["claims"] == []
    assert value["abstention"]["reason"] in ("not_answered", "nothing_found")
    done = sverka("ask", "Who discovered the moons of Jupiter?", "--archive", archive)
    assert done.returncode == 0
    assert done.stdout.startswith("No answer.")


def test_filters_narrow_a_search_and_are_repeatable(sverka: Run, archive: str) -> None:
    def found(*filters: str) -> set[str]:
        value = _json(sverka("search", "мост паром роза", "--archive", archive, "--json", *filters))
        return {hit["doc_id"] for hit in value["hits"]}

    everything = found()
    assert len(everything) == 3
    assert found("--language", "bg") == {"rose 1"}
    assert len(found("--language", "bg", "-l", "RU")) == 2
    assert found("--outlet", "Измислен вестник") == {"rose 1"}
    assert found("--since", "2025-05-20", "--until", "2025-05-20") == {"rose 1"}
    assert len(found("--since", "2025-05-21")) == 1
    assert found("--language", "fr") == set()
    assert "leave no document" in sverka("search", "мост", "--language", "fr", "--archive", archive).stdout


def test_a_search_prints_each_passage_with_the_command_that_shows_it(sverka: Run, archive: str) -> None:
    done = sverka("search", "розобер", "--language", "bg", "--archive", archive)
    assert "Измислен вестник" in done.stdout
    assert "sverka show --span 0:" in done.stdout
    assert "'rose 1'" in done.stdout


def test_titles_are_printed_as_text_whatever_is_in_them(sverka: Run, archive: str) -> None:
    for command in (["search", "розобер"], ["show", "rose 1"]):
        done = sverka(*command, "--archive", archive)
        assert "[red]2025[/red]" in done.stdout
        assert "\x1b" not in done.stdout
        assert "\x07" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "x", "--since", "2025-13-01"], "YYYY-MM-DD"),
        (["ask", "x", "--since", "2025-02-01", "--until", "2025-01-01"], "later than until"),
        (["ask", " "], "question is empty"),
        (["ask", "x", "--language", "russian"], "ISO 639-1"),
        (["ask", "x", "-k", "0"], "-k"),
        (["search", "x", "--mode", "magic"], "hybrid"),
        (["ask"], "Missing argument"),
        (["index"], "Name the files"),
        (["index", "a", "--sample"], "Name the files"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_usage_is_explained_and_exits_with_2(sverka: Run, archive: str, arguments: list[str], said: str) -> None:
    done = sverka(*arguments, SVERKA_ARCHIVE=archive)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "env", "said"),
    [
        (["ask", "x", "--archive", "nowhere"], {}, "no archive in"),
        (["stats"], {}, "--sample"),
        (["index", ".", "--archive", "new"], {"SVERKA_THREADS": "many"}, "SVERKA_THREADS"),
        (["index", ".", "--archive", "/proc/nowhere"], {}, "/proc/nowhere"),
    ],
)
def test_an_error_is_one_line_and_exits_with_1(sverka: Run, arguments: list[str], env: dict[str, str], said: str) -> None:
    done = sverka(*arguments, **env)
    assert done.returncode == 1
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_document_that_is_not_there_is_an_error(sverka: Run, archive: str) -> None:
    done = sverka("show", "no-such-id", "--archive", archive)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no-such-id" in done.stderr


@pytest.mark.parametrize("span", ["0:99999", "9:3", "7", "a:b", "-1:4"])
def test_a_span_that_is_none_of_the_text_is_wrong_usage(sverka: Run, archive: str, span: str) -> None:
    done = sverka("show", "rose 1", f"--span={span}", "--archive", archive)
    assert (done.returncode, done.stdout) == (2, "")
    assert "START:END" in done.stderr


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_in(sverka: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLES["bridge.txt"], encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    archive = str(tmp_path / "archive")
    done = sverka("index", str(tmp_path / "good.txt"), str(tmp_path / "bad.txt"), "--archive", archive, "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["added"] == 1
    assert [Path(failure["source"]).name for failure in report["failed"]] == ["bad.txt"]
    assert "Not indexed:" in done.stderr
    assert "bad.txt" in done.stderr
    assert _json(sverka("stats", "--archive", archive, "--json"))["documents"] == 1


def test_a_path_that_is_not_there_is_named(sverka: Run, tmp_path: Path) -> None:
    done = sverka("index", str(tmp_path / "nothing here"), "--archive", str(tmp_path / "archive"))
    assert done.returncode == 1
    assert "nothing here" in done.stderr


def test_indexing_again_changes_nothing_and_prune_removes_what_is_gone(sverka: Run, tmp_path: Path) -> None:
    folder, archive = tmp_path / "articles", str(tmp_path / "archive")
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")

    def report(*more: str) -> dict[str, object]:
        return _json(sverka("index", str(folder), "--archive", archive, "--json", *more))

    assert report() == {"added": 2, "changed": 0, "unchanged": 0, "removed": 0, "failed": []}
    assert report() == {"added": 0, "changed": 0, "unchanged": 2, "removed": 0, "failed": []}
    (folder / "ferry.txt").unlink()
    assert report()["removed"] == 0
    assert report("--prune") == {"added": 0, "changed": 0, "unchanged": 1, "removed": 1, "failed": []}


def test_the_archive_is_the_option_else_the_variable_else_the_user_s_own(
    sverka: Run, articles: Path, archive: str, home: Path
) -> None:
    assert _json(sverka("stats", "--json", SVERKA_ARCHIVE=archive))["archive"] == archive
    assert _json(sverka("stats", "--json", "--archive", archive, SVERKA_ARCHIVE="elsewhere"))["archive"] == archive
    own = home / "data"
    done = sverka("index", str(articles / "bridge.txt"), XDG_DATA_HOME=str(own))
    assert done.returncode == 0, done.stderr
    assert _json(sverka("stats", "--json", XDG_DATA_HOME=str(own)))["archive"] == str(own / "sverka" / "archive")


def test_the_sample_articles_stay_apart_from_one_s_own(sverka: Run, articles: Path, tmp_path: Path) -> None:
    data = {"XDG_DATA_HOME": str(tmp_path)}
    sample = _json(sverka("index", "--sample", "--json", **data))
    files = [path for path in (ROOT / "corpus").rglob("*") if path.suffix in (".txt", ".md") and path.name != "README.md"]
    assert sample == {"added": len(files), "changed": 0, "unchanged": 0, "removed": 0, "failed": []}
    # While there is no other archive, a question goes to the sample, and the user is told so.
    asked = sverka("stats", "--json", **data)
    assert _json(asked)["documents"] == len(files)
    assert "sample" in asked.stderr
    assert sverka("index", str(articles), **data).returncode == 0
    own = sverka("stats", "--json", **data)
    assert _json(own)["documents"] == 3
    assert own.stderr == ""
    assert _json(sverka("stats", "--json", "--sample", **data))["documents"] == len(files)


def test_the_sample_is_not_put_into_an_archive_of_other_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "sample_corpus", lambda: tmp_path / "copy")
    (tmp_path / "copy").mkdir()
    Archive.create(tmp_path / "own").close()
    assert places.sample_for(tmp_path / "own") is None
    assert places.sample_for(tmp_path / "new") == tmp_path / "copy"
    # The archive stays with the copy that it was made of, and goes over to another one when that is gone.
    monkeypatch.setattr(places, "sample_corpus", lambda: tmp_path / "other copy")
    assert places.sample_for(tmp_path / "new") == tmp_path / "copy"
    (tmp_path / "copy").rmdir()
    assert places.sample_for(tmp_path / "new") == tmp_path / "other copy"


def test_the_archive_can_be_verified_and_rebuilt(sverka: Run, archive: str) -> None:
    assert _json(sverka("verify", "--archive", archive, "--json"))["problems"] == []
    rebuilt = _json(sverka("rebuild", "--archive", archive, "--json"))
    assert rebuilt["documents"] == 3
    assert sverka("verify", "--archive", archive).returncode == 0


def test_version_is_printed_either_way(sverka: Run) -> None:
    short = sverka("--version")
    assert short.returncode == 0
    assert _json(sverka("version", "--json")) == {"version": short.stdout.strip()}
    assert sverka("version").stdout == short.stdout


def test_every_command_has_help_with_an_example(sverka: Run) -> None:
    listed = sverka("--help").stdout.partition("Commands:\n")[2].partition("\n\n")[0]
    commands = [line.split()[0] for line in listed.splitlines()]
    assert {"index", "ask", "search", "show", "chat", "stats", "verify", "rebuild"} <= set(commands)
    for command in commands:
        if command != "eval":  # has a help of its own
            done = sverka(command, "--help")
            assert done.returncode == 0
            assert f"Example: sverka {command}" in done.stdout


LOADED = """
import sys
from rag.cli import run
code = run(sys.argv[1:])
print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


def test_a_question_loads_neither_torch_nor_the_page_nor_chroma(process: Start, archive: str) -> None:
    asking = process("ask", "How long is the bridge?", "--archive", archive, script=LOADED)
    _, told = asking.communicate(timeout=120)
    assert asking.returncode == 0, told
    loaded = told.splitlines()[-1]
    assert "'onnxruntime'" in loaded
    for heavy in ("torch", "gradio", "chromadb", "langchain", "langchain_core", "transformers", "onnx", "pandas", "scipy"):
        assert f"'{heavy}'" not in loaded, heavy


def test_output_is_utf_8_in_a_terminal_that_knows_only_ascii(process: Start, archive: str) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    searching = process("search", "паром", "--archive", archive, **ascii_only)
    printed, told = searching.communicate(timeout=120)
    assert searching.returncode == 0, told
    assert "Северянка" in printed


def test_a_question_in_broken_bytes_is_explained(process: Start, archive: str) -> None:
    asking = process("ask", "--archive", archive, b"caf\xff")
    _, told = asking.communicate(timeout=120)
    assert asking.returncode == 2
    assert "UTF-8" in told
    assert "Traceback" not in told


def test_a_reader_that_goes_away_is_no_error(process: Start, archive: str) -> None:
    showing = process("show", "rose 1", "--archive", archive)
    showing.stdout.close()
    told = showing.stderr.read()
    showing.stderr.close()
    assert showing.wait(60) == 0
    assert told == ""


def test_ctrl_c_while_indexing_ends_with_one_line_and_130(process: Start, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(f"Article {number}. " + ARTICLES["bridge.txt"] * 20, encoding="utf-8")
    indexing = process("index", str(folder), "--archive", str(tmp_path / "archive"))
    for line in indexing.stderr:
        if line.startswith("Indexing"):
            break
    indexing.send_signal(signal.SIGINT)
    printed, told = indexing.communicate(timeout=120)
    assert indexing.returncode == 130
    assert told.splitlines()[-1] == "Stopped. What was indexed is kept; run the same command to go on."
    assert "Traceback" not in told
    assert printed == ""


@pytest.mark.parametrize("package", ["typer", "rag.cli.commands", "rag.archive"])
def test_ctrl_c_while_packages_are_loaded_is_no_traceback(process: Start, package: str) -> None:
    script = f"""import sys
class Pressed:
    def find_spec(self, name, *_):
        if name == {package!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Pressed())
{SCRIPT}"""
    asking = process("stats", script=script)
    printed, told = asking.communicate(timeout=60)
    assert asking.returncode == 130
    assert told.startswith("Stopped.")
    assert "Traceback" not in told
    assert printed == ""


def test_a_terminal_sees_a_progress_bar_while_indexing(home: Path, articles: Path, tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    indexing = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "index", str(articles), "--archive", str(tmp_path / "archive")],
        env=_environment(home, TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=follower,
    )
    os.close(follower)
    seen = b""
    with contextlib.suppress(OSError):  # that is how a terminal ends whose last writer has gone
        while part := os.read(leader, 4096):
            seen += part
    os.close(leader)
    assert indexing.wait(60) == 0
    assert "━".encode() in seen
    assert b"Indexing" in seen
