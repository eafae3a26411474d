"""The form of a case: what is read, and that every fault is named with its file and line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.cases import KINDS, REASONS, Case, CaseError, Dated, ExpectedConflict, Gold, Silent, load_cases
from eval.metrics import contains

GOOD: dict[str, Any] = {
    "id": "bridge-1",
    "question": "When did the bridge open?",
    "language": "en",
    "answerable": True,
    "gold": [{"doc": "a1", "quote": "opened on 3 May"}],
}


SIDES = [{"value": "3 May", "docs": ["a1"]}, {"value": "4 May", "docs": ["a2", "a3"]}]

EVENT = {"date": "2031-05-03", "doc": "a1", "quote": "opened on 3 May"}


# Who speaks stands in the sentence before the quotation.
SPEAKER_BEFORE = {"crosscheck-summit-06-ru"}


def written(path: Path, *records: object) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    return path


def test_the_smallest_case_needs_five_fields(tmp_path: Path) -> None:
    (case,) = load_cases(written(tmp_path / "c.jsonl", GOOD))
    assert case == Case(
        id="bridge-1",
        question="When did the bridge open?",
        language="en",
        answerable=True,
        gold=(Gold("a1", "opened on 3 May"),),
    )
    assert case.archive == "corpus"


def test_every_field_is_read(tmp_path: Path) -> None:
    record = GOOD | {
        "archive": "press",
        "must_mention": ["May", "three|3"],
        "must_not_mention": ["June"],
        "conflict": {"about": "date", "relation": "update|scope", "sides": SIDES},
        "documents": 3,
        "independent": 2,
        "attribution": "the mayor|mayor Lind",
        "resolved": ["2031-05-03"],
        "timeline": [{"date": "2031-05-03", "doc": "a1", "quote": "opened on 3 May"}],
        "silent": [{"kind": "language", "name": "ru"}],
        "languages": ["ru", "bg"],
        "outlets": ["Tide"],
        "since": "2031-01-01",
        "as_of": "2031-05-04",
        "history": ["What was built?"],
        "kind": "as_of",
        "group": "bridge",
        "notes": "the later report moves the day",
    }
    (case,) = load_cases(written(tmp_path / "c.jsonl", record))
    assert case.must_mention == (("May",), ("three", "3"))
    assert case.must_not_mention == ("June",)
    assert case.conflict == ExpectedConflict(("date",), ("update", "scope"), (("a1",), ("a2", "a3")), ("3 May", "4 May"))
    assert (case.documents, case.independent, case.attribution) == (3, 2, ("the mayor", "mayor Lind"))
    assert case.resolved == (date(2031, 5, 3),)
    assert case.timeline == (Dated(date(2031, 5, 3), ("a1",), "opened on 3 May"),)
    assert case.silent == (Silent("language", "ru"),)
    assert (case.languages, case.outlets, case.history) == (("ru", "bg"), ("Tide",), ("What was built?",))
    assert (case.since, case.until) == (date(2031, 1, 1), date(2031, 5, 4))
    assert (case.archive, case.kind, case.group) == ("press", "as_of", "bridge")


def test_alternatives_share_a_part_and_parts_are_kept_apart() -> None:
    gold = (Gold("a", "x", "first"), Gold("b", "y", "second", gain=2), Gold("a", "z", "second"))
    case = Case(id="1", question="q", language="en", answerable=True, gold=gold)
    assert case.parts == ((gold[0],), (gold[1], gold[2]))
    assert case.gains == {"a": 1.0, "b": 2.0}


def test_a_gold_quotation_is_located_where_it_stands() -> None:
    assert Gold("a", "May").place("3 May or 4 May") == ("a", 2, 5)
    assert Gold("a", "May", start=11).place("3 May or 4 May") == ("a", 11, 14)
    assert Gold("a", "May", start=3).place("3 May or 4 May") is None
    assert Gold("a", "June").place("3 May") is None
    assert Gold("a").place("3 May") == ("a", 0, 5)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"answerable": "yes"}, "answerable is true or false"),
        ({"language": "english"}, "'english' is not an ISO 639-1 code"),
        ({"languages": "en"}, "languages is a list"),
        ({"question": "  "}, "question holds"),
        ({"kind": "trivia"}, "kind 'trivia' is not one of fact, list"),
        ({"qoute": "x"}, "unknown field 'qoute'"),
        ({"gold": ["a1"]}, "an entry of gold is"),
        ({"gold": [{"doc": "a1", "text": "x"}]}, "unknown field 'text' in gold"),
        ({"gold": [{"doc": "a1", "quote": ""}]}, "quote holds ''"),
        ({"gold": [{"doc": "a1", "start": -1}]}, "start is -1"),
        ({"gold": [{"doc": "a1", "start": True}]}, "start is True"),
        ({"gold": [{"doc": "a1", "gain": 0}]}, "gain is 0"),
        ({"gold": [{"doc": "a1", "gain": True}]}, "gain is True"),
        ({"gold": [{"doc": "a1", "part": 1}]}, "part holds 1"),
        ({"question": "When\u0000?"}, "question holds the character '\\x00'"),
        ({"kind": 0}, "kind holds 0"),
        ({"attribution": []}, "attribution holds []"),
        ({"gold": []}, "needs gold or must_mention"),
        ({"answerable": False}, "neither gold nor must_mention"),
        ({"must_mention": [[]]}, "must_mention holds []"),
        ({"must_mention": ["three|"]}, "must_mention holds ''"),
        ({"reason": "off_topic"}, "or the case is answerable"),
        ({"conflict": True}, "conflict is"),
        ({"conflict": {"about": "date", "relation": "update"}}, "conflict is"),
        ({"conflict": {"about": "colour", "relation": "update", "sides": SIDES}}, "about 'colour' is not one of number"),
        ({"conflict": {"about": "date", "relation": "quarrel", "sides": SIDES}}, "relation 'quarrel' is not one of"),
        ({"conflict": {"about": "date", "relation": "update", "sides": SIDES[:1]}}, "two sides or more"),
        ({"conflict": {"about": "date", "relation": "update", "sides": [SIDES[0], {"value": "x", "docs": []}]}}, "a side of"),
        ({"independent": 1}, "documents and independent are given together"),
        ({"documents": 1, "independent": 2}, "independent is 2 of 1 documents"),
        ({"documents": True, "independent": 1}, "documents is True; it is a whole number"),
        ({"attribution": "a|"}, "attribution holds ''"),
        ({"resolved": ["4 May"]}, "resolved is '4 May'"),
        ({"resolved": [None]}, "resolved holds None"),
        ({"timeline": [{"date": "2031-05-04", "doc": "a1"}]}, "an entry of timeline is"),
        ({"timeline": [EVENT, EVENT | {"date": "2031-05-02"}]}, "not in the order of its dates"),
        ({"silent": [{"kind": "town", "name": "x"}]}, "an entry of silent is"),
        ({"as_of": "4 May"}, "as_of is '4 May'"),
        ({"as_of": "2031-05-04", "until": "2031-05-04"}, "as_of and until say the same"),
        ({"as_of": "20310504"}, "as_of is '20310504'; it is a date, YYYY-MM-DD"),
        ({"since": "2031-02-29"}, "since is '2031-02-29'"),
        ({"conflict": {"about": "date", "relation": "update", "sides": SIDES, "optional": "yes"}}, "optional is 'yes'"),
        ({"conflict": {"about": "date|", "relation": "update", "sides": SIDES}}, "about holds ''"),
        ({"since": "2032-01-01", "until": "2031-01-01"}, "later than until"),
    ],
)
def test_a_malformed_case_is_named_by_file_line_and_reason(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = written(tmp_path / "c.jsonl", GOOD, "", GOOD | {"id": "bridge-2"} | change)
    with pytest.raises(CaseError) as caught:
        load_cases(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize("name", ["id", "question", "language", "answerable"])
def test_a_missing_field_is_named(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "c.jsonl", {k: v for k, v in GOOD.items() if k != name})
    with pytest.raises(CaseError, match=f"c.jsonl:1: {name} is missing"):
        load_cases(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[1]", "a case is a JSON object"),
        ('{"id": ', "not JSON: Expecting value at column 8"),
        ('{"id": "x", "id": "y"}', "cannot be read as JSON: 'id' is written twice"),
        ('{"gold": [{"gain": NaN}]}', "cannot be read as JSON: NaN is no value"),
        ('{"a": ' * 100_000, "cannot be read as JSON: "),
        ("1" * 5000, "cannot be read as JSON: "),
        ("\ufeff{}", "not JSON: "),
        ('{"id": "\\ud83d", "question": "?", "language": "en", "answerable": false}', "id holds the character"),
    ],
    ids=[
        "list",
        "cut off",
        "written twice",
        "no number",
        "too deep",
        "too long a number",
        "mark in the middle",
        "half a character",
    ],
)
def test_a_line_that_is_no_object_is_named(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(CaseError, match=f"c.jsonl:2: {reason}"):
        load_cases(written(tmp_path / "c.jsonl", GOOD, line))


def test_an_id_used_twice_is_named_in_both_places(tmp_path: Path) -> None:
    one, two = written(tmp_path / "a.jsonl", GOOD), written(tmp_path / "b.jsonl", GOOD)
    with pytest.raises(CaseError) as caught:
        load_cases(one, two)
    assert str(caught.value) == f"{two}:1: id 'bridge-1' is used before, in {one}:1"


def test_a_folder_is_read_file_by_file_and_an_empty_one_is_an_error(tmp_path: Path) -> None:
    written(tmp_path / "b.jsonl", GOOD)
    written(tmp_path / "a.jsonl", GOOD | {"id": "first"})
    assert [case.id for case in load_cases(tmp_path)] == ["first", "bridge-1"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(CaseError, match=r"no \*\.jsonl file"):
        load_cases(tmp_path / "empty")


def test_a_file_that_is_missing_or_not_utf8_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=r"none\.jsonl: cannot be read"):
        load_cases(tmp_path / "none.jsonl")
    (tmp_path / "c.jsonl").write_bytes("вопрос".encode("cp1251"))
    with pytest.raises(CaseError, match=r"c\.jsonl:1: cannot be read as UTF-8"):
        load_cases(tmp_path / "c.jsonl")
    (tmp_path / "c.jsonl").write_bytes(json.dumps(GOOD).encode() + b'\n{"notes": "\xe2\xf8"}')
    with pytest.raises(CaseError, match=r"c\.jsonl:2: cannot be read as UTF-8"):
        load_cases(tmp_path / "c.jsonl")


def test_line_ends_of_any_kind_a_mark_at_the_beginning_and_very_long_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    long = GOOD | {"id": "long", "notes": "x" * 5_000_000}
    path.write_bytes(b"\xef\xbb\xbf" + b"\r\n".join(json.dumps(row).encode() for row in (GOOD, long)) + b"\r\n\r\n")
    assert [case.id for case in load_cases(path)] == ["bridge-1", "long"]
    assert [case.where for case in load_cases(path)] == [f"{path}:1", f"{path}:2"]


def test_a_difference_may_have_several_names_and_may_be_left_unsaid(tmp_path: Path) -> None:
    conflict = {"about": "date|number", "relation": "update", "sides": SIDES, "optional": True}
    (case,) = load_cases(written(tmp_path / "c.jsonl", GOOD | {"conflict": conflict}))
    assert case.conflict is not None
    assert (case.conflict.about, case.conflict.optional) == (("date", "number"), True)


def test_every_gold_quotation_of_ours_is_right_by_itself(root: Path) -> None:
    """Where one quotation is enough, each of them mentions what must be mentioned, in the form in which it stands there."""
    wrong = []
    for case in load_cases(root / "eval" / "cases"):
        golds = [gold.quote for gold in case.gold] if len(case.parts) == 1 else ["\n".join(gold.quote for gold in case.gold)]
        for gold in golds:
            missing = [each for each in case.must_mention if not any(contains(gold, one) for one in each)]
            wrong += [(case.id, gold, each) for each in missing if case.id not in SPEAKER_BEFORE]
    assert wrong == []


def test_our_own_cases_are_well_formed_and_cover_what_they_promise(root: Path) -> None:
    every = load_cases(root / "eval" / "cases")
    assert sum(not case.answerable for case in every) >= len(every) / 4
    cases = [case for case in every if case.archive == "corpus"]
    assert len(cases) >= 240
    assert {case.language for case in cases} == {"bg", "en", "ru"}
    assert {case.kind for case in cases} == set(KINDS)
    assert {case.reason for case in cases if not case.answerable} == set(REASONS)
    assert sum(not case.answerable for case in cases) >= len(cases) / 4
