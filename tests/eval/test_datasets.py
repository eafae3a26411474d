"""The adapters, each on a tiny set written here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval.cases import Gold
from eval.datasets import DatasetError, load_beir, load_dataset, load_parallel, load_squad


def squad(title: str, context: str, *qas: dict[str, Any]) -> dict[str, Any]:
    return {"data": [{"title": title, "paragraphs": [{"context": context, "qas": list(qas)}]}]}


def qa(number: str, question: str, *answers: tuple[str, int]) -> dict[str, Any]:
    return {"id": number, "question": question, "answers": [{"text": t, "answer_start": s} for t, s in answers]}


def save(path: Path, data: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def save_lines(path: Path, rows: Sequence[object]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_parallel_squad_files_give_each_question_gold_in_every_language(tmp_path: Path) -> None:
    save(tmp_path / "tiny.en.json", squad("Ferry", "The ferry left at noon.", qa("q1", "When did it leave?", ("noon", 18))))
    save(tmp_path / "tiny.ru.json", squad("Паром", "Паром ушёл в полдень.", qa("q1", "Когда он ушёл?", ("полдень", 13))))
    data = load_dataset(tmp_path)
    assert [(r["id"], r["language"]) for r in data.records] == [("en-00001", "en"), ("ru-00002", "ru")]
    assert [(c.id, c.language, c.group) for c in data.cases] == [("q1-en", "en", "Ferry"), ("q1-ru", "ru", "Ferry")]
    gold = (Gold("en-00001", "noon", start=18), Gold("ru-00002", "полдень", start=13))
    assert all(case.gold == gold for case in data.cases)


def test_mlqa_names_tell_the_language_of_context_and_of_question_apart(tmp_path: Path) -> None:
    context = "The ferry left at noon."
    save(tmp_path / "test-context-en-question-en.json", squad("Ferry", context, qa("q1", "When did it leave?", ("noon", 18))))
    save(tmp_path / "test-context-en-question-de.json", squad("Ferry", context, qa("q1", "Wann fuhr sie ab?", ("noon", 18))))
    data = load_dataset(tmp_path)
    assert [r["language"] for r in data.records] == ["en"]
    assert sorted(c.language for c in data.cases) == ["de", "en"]


def test_a_squad_question_without_answers_is_unanswerable_and_kept(tmp_path: Path) -> None:
    path = save(tmp_path / "v2.json", squad("Ferry", "The ferry left at noon.", qa("q1", "Who built it?")))
    (case,) = load_squad([path], language="en").cases
    assert not case.answerable
    assert case.gold == ()


def test_offsets_that_count_otherwise_are_set_to_the_nearest_place_with_these_words(tmp_path: Path) -> None:
    context = "noon 🚢 The ferry left at noon."
    path = save(tmp_path / "x.en.json", squad("Ferry", context, qa("q1", "When?", ("noon", context.rindex("noon") + 1))))
    (gold,) = load_squad([path]).cases[0].gold
    assert gold.start == context.rindex("noon")


def test_offsets_move_with_the_text_when_it_is_normalised(tmp_path: Path) -> None:
    context = "Чаи\u0306ка\r\nвернулась к утру."  # the й is written as two code points, the line end as two
    path = save(tmp_path / "x.ru.json", squad("Чайка", context, qa("q1", "Когда?", ("утру", context.index("утру")))))
    data = load_squad([path])
    (gold,) = data.cases[0].gold
    assert gold.place(data.records[0]["text"]) == ("ru-00001", gold.start, (gold.start or 0) + 4)
    assert gold.start == context.index("утру") - 2


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.en.json", {"rows": []}, "not in SQuAD's form"),
        ("a.json", squad("t", "c", qa("q", "?")), "the name tells no language"),
        ("a.en.json", squad("t", "The ferry left.", qa("q", "When?", ("noon", 3))), "does not stand in its paragraph"),
    ],
)
def test_a_file_that_is_not_squad_is_named(tmp_path: Path, name: str, content: object, reason: str) -> None:
    with pytest.raises(DatasetError, match=f"{name}.*{reason}"):
        load_squad([save(tmp_path / name, content)])


def beir(folder: Path, qrels: str) -> Path:
    save_lines(
        folder / "corpus.jsonl",
        [{"_id": "d1", "title": "Ferry", "text": "It left at noon."}, {"_id": "d2", "title": "", "text": "It rained."}],
    )
    save_lines(folder / "queries.jsonl", [{"_id": "q1", "text": "When did it leave?"}, {"_id": "q2", "text": "Unjudged?"}])
    (folder / "qrels").mkdir(exist_ok=True)
    (folder / "qrels" / "test.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_beir_folder_gives_graded_gold_and_leaves_out_queries_nobody_judged(tmp_path: Path) -> None:
    folder = beir(tmp_path / "tiny", "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\nq1\tgone\t1\n")
    data = load_dataset(folder, language="ru")
    assert [(r["id"], r["language"]) for r in data.records] == [("d1", "ru"), ("d2", "ru")]
    (case,) = data.cases
    assert (case.id, case.gains, case.language) == ("q1", {"d1": 2.0}, "ru")


def test_a_bad_line_of_qrels_is_named(tmp_path: Path) -> None:
    folder = beir(tmp_path / "tiny", "query-id\tcorpus-id\tscore\nq1\td1\tgood\n")
    with pytest.raises(DatasetError, match=r"test\.tsv:2: a line is query-id"):
        load_beir(folder)


def parallel(folder: Path) -> Path:
    rows = [
        {"id": f"p{n}-{lang}", "pid": f"p{n}", "lang": lang, "title": title, "text": text}
        for n, title, lang, text in [
            (1, "Ferry", "en", "The ferry left at noon."),
            (1, "Ferry", "ru", "Паром ушёл в полдень."),
            (2, "Bridge", "en", "The bridge is shut."),
            (2, "Bridge", "ru", "Мост закрыт."),
            (3, "Tower", "en", "The tower is old."),
        ]
    ]
    return save_lines(folder / "tiny_passages.jsonl", rows)


QUESTIONS = [
    {
        "qid": "q1",
        "lang": "ru",
        "text": "Когда ушёл паром?",
        "gold_pid": "p1",
        "answers": [{"lang": "en", "text": "noon", "start": 18}, {"lang": "ru", "text": "полдень", "start": 13}],
    },
    {
        "qid": "q2",
        "lang": "ru",
        "text": "Мост открыт?",
        "gold_pid": "p2",
        "answer_yes": False,
        "pids_same_question": ["p2", "p3"],
    },
    {"qid": "q3", "lang": "en", "text": "Is the tower old?", "gold_pid": "p3", "answer_yes": True},
]


def test_parallel_passages_with_questions(tmp_path: Path) -> None:
    passages = parallel(tmp_path)
    save_lines(tmp_path / "tiny_questions.jsonl", QUESTIONS)
    one, two, _ = load_dataset(tmp_path, name="tiny").cases
    assert one.gold == (Gold("p1-en", "noon", start=18), Gold("p1-ru", "полдень", start=13))
    assert (one.kind, one.group, one.archive) == ("fact", "Ferry", "tiny")
    assert set(two.gains) == {"p2-en", "p2-ru", "p3-en"}
    assert two.kind == "yes_no"
    assert load_parallel(passages).languages["p3-en"] == "en"


def test_without_questions_each_text_asks_for_its_other_versions(tmp_path: Path) -> None:
    cases = load_parallel(parallel(tmp_path)).cases
    assert {c.id: tuple(c.gains) for c in cases} == {
        "p1-en": ("p1-ru",),
        "p1-ru": ("p1-en",),
        "p2-en": ("p2-ru",),
        "p2-ru": ("p2-en",),
    }


def test_the_two_halves_share_no_article_and_lose_no_question(tmp_path: Path) -> None:
    parallel(tmp_path)
    save_lines(tmp_path / "tiny_questions.jsonl", QUESTIONS)
    data = load_dataset(tmp_path)
    fit, report = data.half("fit"), data.half("report")
    assert {c.group for c in fit.cases} == {"Bridge", "Tower"}
    assert {c.group for c in report.cases} == {"Ferry"}
    assert len(fit.cases) + len(report.cases) == len(data.cases)
    assert fit.records == report.records == data.records


def test_titles_are_written_only_when_asked_for(tmp_path: Path) -> None:
    data = load_parallel(parallel(tmp_path))
    rows = [json.loads(line) for line in data.write_records(tmp_path / "out" / "a.jsonl").read_text("utf-8").splitlines()]
    assert rows[0] == {"id": "p1-en", "language": "en", "text": "The ferry left at noon."}
    assert '"title": "Ferry"' in data.write_records(tmp_path / "b.jsonl", titles=True).read_text("utf-8")


def test_a_path_of_no_known_form_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="neither SQuAD JSON, nor a BEIR folder"):
        load_dataset(tmp_path)


def test_the_public_sets_beside_the_project_are_read_whole(shared: Path) -> None:
    sizes = {name: load_dataset(shared / "data", name=name) for name in ("xquad", "flores", "danetqa")}
    assert {name: (len(s.records), len(s.cases)) for name, s in sizes.items()} == {
        "xquad": (240, 1246),
        "flores": (3012, 3012),
        "danetqa": (2212, 1886),
    }
    texts = {r["id"]: r["text"] for r in sizes["xquad"].records}
    assert all(gold.place(texts[gold.doc]) for case in sizes["xquad"].cases for gold in case.gold)
