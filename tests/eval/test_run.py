"""A whole run: cases scored by the product's own path, exit codes, the baseline, and public sets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eval import run as command
from eval.cases import Case, CaseError, Dated, ExpectedConflict, Gold, Silent, load_cases
from eval.datasets import load_parallel
from eval.figures import Result, measure
from eval.kept import Kept
from eval.run import FAILED, MALFORMED, OK, STOPPED, WORSE, Options, evaluate, load_run, main, run
from eval.scoring import agrees, check, checked, names_day, said, score, told, values_shown
from eval.sources import directions, is_cases
from rag import (
    Archive,
    Assistant,
    Citation,
    Claim,
    Conflict,
    Derived,
    Query,
    Side,
    Silence,
    Support,
    Timeline,
    TimelineEvent,
)


@pytest.fixture
def case_file(tmp_path: Path, small_cases: list[Case]) -> Path:
    """A dozen of the small archive's cases as a person would write them."""
    rows = [
        {
            "id": case.id,
            "question": case.question,
            "language": case.language,
            "answerable": case.answerable,
            "gold": [{"doc": gold.doc, "quote": gold.quote} for gold in case.gold],
        }
        for case in (*small_cases[:8], *small_cases[-4:])
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_run_is_written_compared_and_the_same_to_the_last_digit(small: Archive, case_file: Path, tmp_path: Path) -> None:
    first, second, page = tmp_path / "1.json", tmp_path / "2.json", tmp_path / "run.html"
    assert run(Options((case_file,), archive=small.path, json_out=first, report=page)) == OK
    assert run(Options((case_file,), archive=small.path, json_out=second)) == OK
    one, two = (json.loads(path.read_text(encoding="utf-8")) for path in (first, second))
    assert one.pop("timings") != two.pop("timings")
    assert json.dumps(one) == json.dumps(two)
    assert one["figures"]["hit_1"]["value"] == 1
    assert "<h2>By language pair</h2>" in page.read_text(encoding="utf-8")
    assert run(Options(compare=(first, second))) == OK


def test_a_fall_below_the_baseline_exits_with_one_until_it_is_accepted_with_a_reason(
    small: Archive, case_file: Path, tmp_path: Path
) -> None:
    baseline = tmp_path / "baseline.json"
    assert main([str(case_file), "--archive", str(small.path), "--baseline", str(baseline), "--accept", "the first"]) == OK
    kept = json.loads(baseline.read_text(encoding="utf-8"))
    assert kept["reason"] == "the first"
    assert kept["command"].startswith("sverka eval cases.jsonl")
    assert "shown" not in kept
    assert str(tmp_path) not in baseline.read_text(encoding="utf-8")
    # from now on the answers must be found elsewhere: as if the program had become worse
    worse = load_run(baseline)
    fallen = tmp_path / "fallen.json"
    worse.results = [replace(result, correct=False) for result in worse.results]
    fallen.write_text(json.dumps(worse.to_dict()), encoding="utf-8")
    assert run(Options(compare=(baseline, fallen))) == WORSE
    assert run(Options(compare=(fallen, baseline))) == OK


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "x"}', "cases.jsonl:2: question is missing"),
        ('["id"]', "cases.jsonl:2: a case is a JSON object"),
        (
            '{"id": "x", "question": "?", "language": "en", "answerable": true, "gold": [{"doc": "gone", "quote": "a"}]}',
            "cases.jsonl:2: the archive holds no document 'gone'",
        ),
        (
            '{"id": "x", "question": "?", "language": "en", "answerable": true, "gold": [{"doc": "doc-Arlen", "quote": "zep"}]}',
            "cases.jsonl:2: the gold quotation does not stand in 'doc-Arlen'",
        ),
    ],
)
def test_malformed_cases_exit_with_two_and_name_file_and_line(
    small: Archive, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, reason: str
) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    assert run(Options((path,), archive=small.path)) == MALFORMED
    assert reason in capsys.readouterr().err


def test_a_collection_that_is_not_there_is_named_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "x", "question": "?", "language": "en", "answerable": False, "archive": "moon"}
    (tmp_path / "c.jsonl").write_text("\n" + json.dumps(row), encoding="utf-8")
    assert run(Options((tmp_path / "c.jsonl",))) == MALFORMED
    assert "c.jsonl:2: no collection 'moon'" in capsys.readouterr().err


def test_a_file_that_is_no_run_exits_with_two(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert run(Options(compare=(tmp_path / "x.json", tmp_path / "x.json"))) == MALFORMED
    with pytest.raises(CaseError, match="not a run"):
        load_run(tmp_path / "none.json")


def test_a_baseline_that_is_named_and_missing_is_an_error_and_one_of_other_cases_is_said(
    small: Archive, case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(Options((case_file,), archive=small.path, baseline=tmp_path / "none.json")) == MALFORMED
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"results": [], "fingerprint": "", "command": ""}), encoding="utf-8")
    assert run(Options((case_file,), archive=small.path, baseline=other)) == OK
    assert "share no case" in capsys.readouterr().err


def test_the_baseline_of_our_own_cases_is_no_matter_where_others_are_asked(
    small: Archive, case_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(Options((case_file,), archive=small.path)) == OK
    assert "share no case" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--accept", " "], "--accept needs a reason"),
        (["{cases}", "--accept", "better"], "name its file with --baseline"),
        (["--archive", "{archive}", "--accept", "better"], "name its file with --baseline"),
        (["--compare", "a", "b", "{cases}"], "--compare reads two runs"),
        (["--compare", "a", "b", "--json", "c"], "--compare reads two runs"),
        (["{cases}", "--json", "{folder}/no/run.json"], "run.json cannot be written"),
        (["{cases}", "--report", "{folder}"], "cannot be written: it is a folder"),
        (["{folder}/gone.jsonl"], "there is no such file or folder"),
        (["{folder}/gone.json"], "there is no such file or folder"),
    ],
)
def test_a_command_that_cannot_be_meant_is_refused_before_anything_is_asked(
    small: Archive, case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    words = {"cases": case_file, "archive": small.path, "folder": tmp_path}
    before = command.BASELINE.read_bytes()
    assert main([argument.format(**words) for argument in arguments]) == MALFORMED
    assert reason in capsys.readouterr().err
    assert command.BASELINE.read_bytes() == before


def test_an_archive_that_is_not_there_is_no_verdict_on_quality(
    case_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(case_file), "--archive", str(tmp_path / "none")]) == FAILED
    assert "none" in capsys.readouterr().err


def test_the_model_is_chosen_as_when_asking(small: Archive, case_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    of_there = [str(case_file), "--archive", str(small.path), "--model", "openai:m@http://192.0.2.1:9/v1"]
    assert main(of_there) == FAILED  # another machine, and nobody has allowed it
    assert "allow" in capsys.readouterr().err
    assert main([str(case_file), "--model", "no model"]) == FAILED
    assert "model is 'no model'" in capsys.readouterr().err


def test_a_run_that_was_stopped_goes_on_where_it_was_and_ends_the_same(
    small: Archive, case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out, whole = tmp_path / "out.json", tmp_path / "whole.json"
    options = Options((case_file,), archive=small.path, json_out=out)
    asked: list[str] = []
    real = command.asked

    def until_the_fifth(case: Case, archive: Archive, assistant: Assistant) -> command.Row:
        if len(asked) == 5:
            raise KeyboardInterrupt
        asked.append(case.id)
        return real(case, archive, assistant)

    monkeypatch.setattr(command, "asked", until_the_fifth)
    assert run(options) == STOPPED
    assert "The same command goes on from there" in capsys.readouterr().err
    assert not out.exists()
    (unfinished,) = tmp_path.glob("*.unfinished")
    with unfinished.open("a", encoding="utf-8") as file:
        file.write('["cut o')  # what a machine that lost its power leaves behind
    asked.clear()
    monkeypatch.setattr(command, "asked", lambda *them: (asked.append(them[0].id), real(*them))[1])
    assert run(options) == OK
    assert len(asked) == 12 - 5
    assert not unfinished.exists()
    assert run(Options((case_file,), archive=small.path, json_out=whole)) == OK
    one, two = (json.loads(path.read_text(encoding="utf-8")) for path in (out, whole))
    assert one["results"] == two["results"]
    assert one["shown"] == two["shown"]


def test_rows_of_another_archive_or_wording_are_not_taken_over(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "out.json")
    kept.add("here", "a", "1", {"x": 1})
    again = Kept(tmp_path / "out.json")
    assert again.get("here", "a", "1") == {"x": 1}
    assert again.get("elsewhere", "a", "1") is None
    assert again.get("here", "a", "2") is None
    Kept(None).add("here", "a", "1", {})  # keeps nothing, and nothing is asked of the disk


def test_a_run_at_fault_is_never_accepted(
    small: Archive, case_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def untrue(*them: Any) -> Result:
        return replace(score(*them), quotes_exact=0.5)

    monkeypatch.setattr(command, "score", untrue)
    assert run(Options((case_file,), archive=small.path, baseline=tmp_path / "b.json", accept="why not")) == WORSE
    assert "Not accepted" in capsys.readouterr().err
    assert not (tmp_path / "b.json").exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"since": "2031-01-01"}, "the filters of the case leave out its gold document 'doc-Arlen'"),
        (
            {"timeline": [{"date": "2031-05-03", "doc": "doc-Arlen", "quote": "zep"}]},
            "the event's words do not stand in 'doc-Arlen'",
        ),
        (
            {
                "conflict": {
                    "about": "date",
                    "relation": "update",
                    "sides": [{"value": "1", "docs": ["doc-Arlen"]}, {"value": "2", "docs": ["gone"]}],
                }
            },
            "the archive holds no document 'gone'",
        ),
    ],
)
def test_cases_that_do_not_fit_their_archive_are_found_before_the_first_is_asked(
    small: Archive, tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    gold = [{"doc": "doc-Arlen", "quote": "The bridge of Arlen was opened on 3 May 2031."}]
    row = {"id": "x", "question": "?", "language": "en", "answerable": True, "gold": gold}
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps(row) + "\n" + json.dumps(row | {"id": "y"} | change), encoding="utf-8")
    with pytest.raises(CaseError, match=r"c\.jsonl:2: ") as caught:
        check(load_cases(path), small)
    assert reason in str(caught.value)


def test_a_public_set_is_indexed_and_asked_in_each_direction(tmp_path: Path) -> None:
    rows = [
        ("p1", "en", "The ferry to the island left the harbour at noon."),
        ("p1", "ru", "Паром на остров вышел из гавани в полдень."),
        ("p2", "en", "The library is closed on Mondays."),
        ("p2", "ru", "Библиотека закрыта по понедельникам."),
    ]
    passages = [{"id": f"{pid}-{lang}", "pid": pid, "lang": lang, "title": pid, "text": text} for pid, lang, text in rows]
    answers = [{"lang": "en", "text": "noon", "start": 44}, {"lang": "ru", "text": "полдень", "start": 34}]
    question = {"qid": "q", "lang": "en", "text": "When did the ferry leave?", "gold_pid": "p1", "answers": answers}
    for name, lines in (("passages", passages), ("questions", [question])):
        path = tmp_path / f"tiny_{name}.jsonl"
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    asked = directions(load_parallel(tmp_path / "tiny_passages.jsonl"))
    assert [(case.id, case.languages, [gold.doc for gold in case.gold]) for case in asked] == [
        ("q→en", ("en",), ["p1-en"]),
        ("q→ru", ("ru",), ["p1-ru"]),
    ]
    assert not is_cases(tmp_path)
    out = tmp_path / "out.json"
    run(Options((tmp_path,), json_out=out))
    results = json.loads(out.read_text(encoding="utf-8"))["results"]
    assert [(r["case"], r["pair"], r["hit_1"], r["filters_kept"]) for r in results] == [
        ("q→en", "en→en", 1.0, True),
        ("q→ru", "en→ru", 1.0, True),
    ]


def test_where_a_whole_document_is_gold_any_words_of_it_are_right_and_no_others(small: Archive) -> None:
    case = Case(id="1", question="?", language="en", answerable=True, gold=(Gold("doc-Arlen"), Gold("doc-Borvik", gain=2)))

    def right(doc: str) -> tuple[bool, bool]:
        claim = claimed(small.read(doc).text[:20], doc)
        best = (SimpleNamespace(citation=claim.citations[0]),)
        answer = SimpleNamespace(claims=(claim,), conflicts=(), candidates=best, confidence=1.0, language="en", silent=())
        result = score(case, small, (), answer)
        return result.correct, result.best_right

    assert right("doc-Borvik") == (True, True)
    assert right("doc-Cassel") == (False, False)


def test_a_beir_folder_gives_the_same_tables(tmp_path: Path) -> None:
    texts = {"d1": "The ferry to the island left the harbour at noon.", "d2": "The library is closed on Mondays."}
    queries = {"q1": "When did the ferry leave the harbour?", "q2": "When is the library closed?"}
    for name, rows in (("corpus", texts), ("queries", queries)):
        lines = [json.dumps({"_id": key, "title": "", "text": text}) for key, text in rows.items()]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n", encoding="utf-8")
    out = tmp_path / "out.json"
    assert run(Options((tmp_path,), json_out=out)) == OK
    data = json.loads(out.read_text(encoding="utf-8"))
    assert {r["case"]: (r["hit_1"], r["correct"]) for r in data["results"]} == {"q1": (1.0, True), "q2": (1.0, True)}
    assert "conflict_precision" not in data["figures"]


def test_an_unanswerable_case_is_right_when_nothing_is_said(small: Archive, small_cases: list[Case]) -> None:
    (result,) = evaluate(small_cases[-4:-3], small, Assistant(small)).results
    assert (result.answerable, result.answered, result.correct) == (False, False, True)
    assert result.hit_1 is None
    assert result.pair == "en→–"


def cited(doc: str, quote: str) -> Citation:
    return Citation(doc, 0, len(quote), quote, None, None, None, None, None)


class Said:
    """As much of an answer as mentions are looked for in."""

    def __init__(self, *quotes: str, conflicts: tuple[Conflict, ...] = ()) -> None:
        self.claims = [Claim(quote, (cited("a", quote),)) for quote in quotes]
        self.conflicts = conflicts


@pytest.mark.parametrize(
    ("quotes", "right"),
    [
        (["It took 2,5 hours on Monday."], True),
        (["It took two and a half hours.", "That was on Monday."], True),
        (["It took 2,5 hours."], False),
        (["It took 12,5 hours on Monday."], False),
        (["It took 2,5 hours on Monday, not on Friday."], False),
    ],
)
def test_an_answer_must_mention_every_entry_in_one_of_its_forms_and_nothing_forbidden(quotes: list[str], right: bool) -> None:
    case = Case(
        id="1",
        question="?",
        language="en",
        answerable=True,
        must_mention=(("2,5", "two and a half"), ("Monday",)),
        must_not_mention=("Friday",),
    )
    assert said(case, Said(*quotes)) is right


@pytest.mark.parametrize(
    ("about", "relation", "docs", "right"),
    [
        ("number", "contradiction", ("a1", "b1"), True),
        ("number", "update", ("a2", "b1"), True),
        ("number", "scope", ("a1", "b1"), False),
        ("date", "contradiction", ("a1", "b1"), False),
        ("number", "contradiction", ("a1", "a2"), False),
    ],
)
def test_a_conflict_is_the_expected_one_when_subject_relation_and_two_sides_agree(
    about: Any, relation: Any, docs: tuple[str, str], right: bool
) -> None:
    expected = ExpectedConflict(("number",), ("contradiction", "update"), (("a1", "a2"), ("b1",)))
    case = Case(id="1", question="?", language="en", answerable=True, gold=(Gold("a1"),), conflict=expected)
    one, other = (Side(f"value {doc}", (cited(doc, "words"),)) for doc in docs)
    assert agrees(case, Conflict(about, relation, (one, other))) is right


def test_what_must_not_be_mentioned_may_not_stand_in_a_difference_either() -> None:
    case = Case(id="1", question="?", language="en", answerable=True, gold=(Gold("a"),), must_not_mention=("999",))
    sides = (Side("5", (cited("a", "It cost 5."),)), Side("9", (cited("b", "Say 999."),)))
    assert said(case, Said("It cost 5."))
    assert not said(case, Said("It cost 5.", conflicts=(Conflict("number", "contradiction", sides),)))


@pytest.mark.parametrize(
    ("optional", "reported", "found", "due", "right"),
    [
        (False, "right", True, True, True),
        (False, "wrong", True, True, False),
        (False, "none", False, True, False),
        (True, "right", False, False, False),
        (True, "wrong", True, False, False),
        (True, "none", False, False, False),
    ],
)
def test_a_difference_that_may_be_left_unsaid_counts_for_nothing_and_another_is_an_alarm(
    small: Archive, optional: bool, reported: str, found: bool, due: bool, right: bool
) -> None:
    expected = ExpectedConflict(("number",), ("update",), (("doc-Arlen",), ("doc-Borvik",)), ("3", "5"), optional)
    case = Case(id="1", question="?", language="en", answerable=True, gold=(Gold("doc-Arlen"),), conflict=expected)
    sides = tuple(Side("3", (cited(doc, small.read(doc).text[:5]),)) for doc in ("doc-Arlen", "doc-Borvik"))
    told_of = {"right": (Conflict("number", "update", sides),), "wrong": (Conflict("date", "update", sides),), "none": ()}
    answer = SimpleNamespace(claims=(), conflicts=told_of[reported], candidates=(), confidence=0.5, language="en", silent=())
    result = score(case, small, (), answer)
    assert (result.conflict_found, result.conflict_expected, result.conflict_right) == (found, due, right)
    assert result.filters_kept


def test_quotations_in_a_difference_must_be_exact_and_within_the_filters_too(small: Archive) -> None:
    case = Case(id="1", question="?", language="en", answerable=True, gold=(Gold("doc-Borvik"),), since=date(2031, 1, 1))
    sides = (Side("3", (cited("doc-Borvik", "The c"),)), Side("5", (cited("doc-Arlen", "Untrue"),)))  # the latter is of 2030
    conflicts = (Conflict("number", "update", sides),)
    answer = SimpleNamespace(claims=(), conflicts=conflicts, candidates=(), confidence=0.5, language="en", silent=())
    result = score(case, small, (), answer)
    assert result.quotes_exact == 0.5
    assert not result.filters_kept


# ---- what cross-checking adds to an answer


def answered(*claims: Claim, conflicts: tuple[Conflict, ...] = (), silent: tuple[Silence, ...] = ()) -> Any:
    return SimpleNamespace(claims=claims, conflicts=conflicts, silent=silent)


def claimed(words: str, doc: str = "a", **about: Any) -> Claim:
    return Claim(words, (cited(doc, words),), **about)


def scored(case: Case, answer: Any) -> Result:
    result = Result(
        case="1",
        digest="",
        kind="fact",
        pair="",
        answerable=True,
        answered=True,
        confidence=1.0,
        correct=True,
        best_right=True,
        language_right=True,
        filters_kept=True,
    )
    checked(result, case, answer)
    return result


def expects(**fields: Any) -> Case:
    return Case(id="1", question="?", language="en", answerable=True, gold=(Gold("a"),), **fields)


def test_support_is_right_where_a_claim_counts_the_documents_and_the_independent_ones() -> None:
    case = expects(documents=4, independent=1)
    assert scored(case, answered(claimed("words", support=Support(4, 4, 1)))).support_right == 1.0
    assert scored(case, answered(claimed("words", support=Support(4, 4, 2)), claimed("words"))).support_right == 0.0
    assert scored(expects(), answered(claimed("words", support=Support(4, 4, 1)))).support_right is None


def test_attribution_is_right_in_one_of_its_wordings_on_a_claim_or_a_side() -> None:
    case = expects(attribution=("Nela Vidrash", "Нела Видраш"))
    assert scored(case, answered(claimed("words", attribution="chief Nela Vidrash"))).attribution_right == 1.0
    sides = (Side("1", (cited("a", "words"),), attribution="Нела Видраш"), Side("2", (cited("b", "words"),)))
    assert scored(case, answered(claimed("words"), conflicts=(Conflict("number", "update", sides),))).attribution_right == 1.0
    assert scored(case, answered(claimed("words", attribution="the mayor"))).attribution_right == 0.0


def test_resolved_is_the_share_of_days_that_the_answer_names() -> None:
    case = expects(resolved=(date(2025, 9, 20), date(2025, 9, 16)))
    derived = (Derived("date", "Saturday", "20 September 2025", resolved=True),)
    assert scored(case, answered(claimed("words", derived=derived))).resolved_right == 0.5  # one of two
    assert scored(case, answered(claimed("On 16 сентября it began.", derived=derived))).resolved_right == 1.0


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("20 September 2025", True),
        ("September 20", True),
        ("20 септември", True),
        ("20 September 2024", False),
        ("120 September", False),
        ("2 September 2025", False),
    ],
)
def test_a_day_is_named_with_its_month_and_no_other_year(text: str, named: bool) -> None:
    assert names_day(text, date(2025, 9, 20)) is named


def test_silence_is_the_share_of_those_named_that_the_answer_tells() -> None:
    case = expects(silent=(Silent("outlet", "Post"), Silent("language", "bg")))
    assert scored(case, answered(claimed("words"), silent=(Silence("outlet", "Post", 3),))).silence_recall == 0.5  # one of two
    assert scored(case, answered(claimed("words"), silent=(Silence("language", "Post", 3),))).silence_recall == 0.0


def test_a_timeline_s_recall_is_the_share_of_events_on_their_day_by_their_document() -> None:
    days = [Dated(date(2025, 3, day), ("a", "a2"), "words") for day in (1, 2, 3, 4)]
    case = expects(timeline=tuple(days))

    def event(day: int, doc: str = "a", quote: str = "some words here", last: int | None = None) -> TimelineEvent:
        return TimelineEvent(date(2025, 3, day), date(2025, 3, last or day), cited(doc, quote), None)

    query = Query("?")
    events = (event(1, doc="a2"), event(2, doc="b"), event(3, quote="other"), event(3, last=5))
    # the first by its day, the third and fourth within the last event's days; the second stands in another document
    assert told(case, Timeline(query, events)) == 0.75


def test_the_values_of_a_conflict_are_the_share_of_sides_that_show_theirs() -> None:
    expected = ExpectedConflict(("number",), ("contradiction",), (("a",), ("b",), ("c",)), ("12", "15", "20"))
    sides = (Side("12 people", (cited("a", "words"),)), Side("16", (cited("b", "words"),)), Side("20", (cited("a", "words"),)))
    # 12 is shown beside its document; b shows 16; 20 stands beside another document than c
    assert values_shown(expects(conflict=expected), Conflict("number", "contradiction", sides)) == pytest.approx(1 / 3)


def test_figures_of_what_no_case_expects_are_left_out() -> None:
    row = scored(expects(silent=(Silent("outlet", "Post"),)), answered(claimed("words")))
    assert measure([row])["silence_recall"].value == 0.0
    assert "support_right" not in measure([row])
