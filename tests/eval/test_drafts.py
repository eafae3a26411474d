"""Labelled drafts: what is read, what our own hold, the hits made of their passages, and how verdicts are counted."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from eval import drafts
from eval.cases import CaseError
from eval.drafts import ABOVE, FILES, LANGUAGES, MALFORMED, OK, Draft, load_drafts, main, run
from rag import Archive, Hit

# Labels of which fewer drafts were asked for.
FEWER = ("altered_quote", "roles", "modality", "cause", "quantifier", "unsupported")

# The parts that were written to one plan; the varied one is of correct drafts above all, in many ways of putting things.
PLANNED = tuple(half for half in FILES if half not in ("varied", "final"))

PASSAGES = [
    {
        "id": 1,
        "text": "The mill at Arden burned down on Monday. Three people were hurt. Nobody knows why it caught fire.",
        "language": "en",
        "outlet": "Arden Post",
        "published": "2031-03-04",
    },
    {
        "id": 2,
        "text": "Мельница в Ардене сгорела. Хозяин обещает отстроить её к осени.",
        "language": "ru",
        "outlet": "Мельник",
        "published": "2031-03-05",
    },
]
GOOD = {
    "id": "m1",
    "language": "en",
    "passages": PASSAGES,
    "draft": "The fire at the mill hurt three people [1].",
    "label": "correct",
}
CROSS = {
    "id": "m2",
    "language": "en",
    "passages": "m1",
    "draft": "The owner promises to rebuild the mill by autumn [2].",
    "label": "correct",
}
ALTERED = {
    "id": "m1-number",
    "language": "en",
    "passages": "m1",
    "draft": "The fire at the mill hurt four people [1].",
    "label": "number",
    "of": "m1",
}
REBUILT = {
    "id": "m2-modality",
    "language": "en",
    "passages": "m1",
    "draft": "The owner rebuilt the mill by autumn [2].",
    "label": "modality",
    "of": "m2",
}


def written(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path / FILES["tune"], GOOD, CROSS, ALTERED, REBUILT)
    written(tmp_path / FILES["held_out"], GOOD, ALTERED)
    written(tmp_path / FILES["unseen"], CROSS | {"passages": PASSAGES}, REBUILT | {"passages": "m2"})
    written(tmp_path / FILES["fresh"], GOOD)
    written(tmp_path / FILES["varied"], GOOD)
    written(tmp_path / FILES["final"], GOOD)
    return tmp_path


@pytest.fixture(scope="module")
def own(root: Path) -> dict[str, tuple[Draft, ...]]:
    return {half: load_drafts(root / "eval" / "cases" / file) for half, file in FILES.items()}


def verdicts(*supported: str, doc: str = "") -> Callable[[Archive], drafts.Verify]:
    """A verifier that supports the sentences that hold one of the words, citing `doc` or else the passage that they name."""

    def verify(sentence: str, hits: Sequence[Hit]) -> Any:
        if not any(words in sentence for words in supported):
            return SimpleNamespace(text=sentence, reason="the words are not there", code="number")
        named = hits[int(re.findall(r"\[(\d+)\]", sentence)[0]) - 1].document.id
        return SimpleNamespace(text=sentence, citations=[SimpleNamespace(doc_id=doc or named)])

    return lambda archive: verify


# ---- reading


def test_a_draft_may_name_another_whose_passages_it_has(tmp_path: Path) -> None:
    first, second, altered, _ = load_drafts(written(tmp_path / "d.jsonl", GOOD, CROSS, ALTERED, REBUILT))
    assert second.passages == first.passages == altered.passages
    assert [passage.doc for passage in first.passages] == ["m1-1", "m1-2"]
    assert (first.marks, second.marks, altered.of) == ((1,), (2,), "m1")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"lable": "number"}, "unknown field 'lable'"),
        ({"draft": " "}, "draft holds ' '"),
        ({"language": "de"}, "language 'de' is not one of bg"),
        ({"label": "typo"}, "label 'typo' is not one of correct"),
        ({"id": "m1"}, "id 'm1' is used before"),
        ({"of": "nothing"}, "of is 'nothing'"),
        ({"of": None}, "of holds None"),
        ({"label": "correct"}, "a correct draft is not `of` another"),
        ({"language": "ru"}, "language or passages are not those of 'm1'"),
        ({"passages": PASSAGES}, "language or passages are not those of 'm1'"),
        ({"passages": "m9"}, "passages is 'm9'"),
        ({"passages": []}, "passages is a list of passages"),
        ({"passages": [PASSAGES[1]]}, "passage 1 has the id 2"),
        ({"passages": [PASSAGES[0] | {"published": "Monday"}]}, "Invalid isoformat string"),
        ({"draft": GOOD["draft"]}, "the draft reads as 'm1' does"),
        ({"draft": "The fire hurt four people."}, "has no citation mark, and every other has one"),
        ({"label": "no_citation"}, "has no citation mark, and every other has one"),
        ({"draft": "The fire hurt four people [3]."}, "cites a passage that was not given"),
        ({"label": "invented_id"}, "cites a passage that was not given"),
    ],
)
def test_a_malformed_draft_is_named_by_file_line_and_reason(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    path = written(tmp_path / "d.jsonl", GOOD, ALTERED | change)
    with pytest.raises(CaseError) as caught:
        load_drafts(path)
    assert str(caught.value).startswith(f"{path}:2: ")
    assert reason in str(caught.value)


def test_a_correct_draft_cites_passages_that_are_there(tmp_path: Path) -> None:
    for wrong in ("The fire hurt three people.", "The fire hurt three people [0].", "The fire hurt three people [1][3]."):
        with pytest.raises(CaseError, match="citation marks of a correct draft name its passages"):
            load_drafts(written(tmp_path / "d.jsonl", GOOD | {"draft": wrong}))


# ---- our own drafts


@pytest.mark.parametrize("half", PLANNED)
def test_each_part_has_enough_of_every_label_in_every_language(own: dict[str, tuple[Draft, ...]], half: str) -> None:
    counts = Counter((draft.label, draft.language) for draft in own[half])
    for label in drafts.LIMITS:
        by_language = [counts[label, language] for language in LANGUAGES]
        least = 75 if label == "correct" else 15 if label in FEWER else 25
        assert sum(by_language) >= least, label
        assert min(by_language) >= least / 5, label


@pytest.mark.parametrize("half", PLANNED)
def test_half_of_the_correct_drafts_cite_passages_in_another_language(own: dict[str, tuple[Draft, ...]], half: str) -> None:
    correct = [draft for draft in own[half] if draft.label == "correct"]
    other = [d for d in correct if all(p.language != d.language for p in d.passages if p.id in d.marks)]
    assert 0.45 <= len(other) / len(correct) <= 0.7
    assert sum(len(set(draft.marks)) > 1 for draft in correct) >= 10


def test_no_two_parts_share_a_draft_or_a_passage(own: dict[str, tuple[Draft, ...]]) -> None:
    parts = [{p.text for d in own[half] for p in d.passages} | {d.id for d in own[half]} for half in FILES]
    assert len(set().union(*parts)) == sum(map(len, parts))


def test_the_unseen_part_has_sixty_correct_drafts_in_every_language(own: dict[str, tuple[Draft, ...]]) -> None:
    counts = Counter(draft.language for draft in own["unseen"] if draft.label == "correct")
    assert min(counts[language] for language in LANGUAGES) >= 60
    assert len({draft.passages for draft in own["unseen"]}) >= 14


def test_the_varied_part_has_two_hundred_correct_drafts_in_every_language(own: dict[str, tuple[Draft, ...]]) -> None:
    counts = Counter(draft.language for draft in own["varied"] if draft.label == "correct")
    assert min(counts[language] for language in LANGUAGES) >= 200
    assert len({draft.passages for draft in own["varied"]}) >= 60


def test_wrong_numbers_and_names_that_stand_elsewhere_in_the_passage_are_among_them(own: dict[str, tuple[Draft, ...]]) -> None:
    for label in ("number", "name"):
        told = [draft for half in own.values() for draft in half if draft.label == label and "elsewhere" in draft.notes]
        assert len(told) >= 10, label


def test_the_passages_are_three_to_eight_sentences(own: dict[str, tuple[Draft, ...]]) -> None:
    texts = {p.text for half in PLANNED for d in own[half] for p in d.passages}
    lengths = {text: len(re.findall(r"[.!?][»”“\"]?(?: (?=[^a-zа-я])|$)", text)) for text in texts}
    assert {text: n for text, n in lengths.items() if not 3 <= n <= 9} == {}


# ---- hits and counting


def test_the_hit_of_a_passage_is_the_whole_of_it_however_the_archive_cuts_it(tmp_path: Path) -> None:
    long = " ".join(f"The council of Arden met for the {n}th time and paid {n + 100} crowns for the mill." for n in range(4, 60))
    path = written(tmp_path / "d.jsonl", GOOD | {"passages": [PASSAGES[0], PASSAGES[1], PASSAGES[0] | {"id": 3, "text": long}]})
    (draft,) = load_drafts(path)
    with drafts.archive_of([draft]) as archive:
        assert archive.stats().passages > 3
        for passage in draft.passages:
            hit = drafts.hit_of(archive, passage.doc)
            assert hit.text == passage.text
            assert (hit.document.outlet, hit.document.language) == (passage.outlet, passage.language)
        assert len(hit.passage.sentences) == 56


def test_a_dateline_and_a_footer_are_not_lost_from_a_passage(tmp_path: Path) -> None:
    text = f"ARDEN (Reuters) – {PASSAGES[0]['text']}\n\nReporting by Ann Reed; editing by Tom Hall"
    (draft,) = load_drafts(written(tmp_path / "d.jsonl", GOOD | {"passages": [PASSAGES[0] | {"text": text}]}))
    with drafts.archive_of([draft]) as archive:
        hit = drafts.hit_of(archive, "m1-1")
    said = [hit.document.text[start:end] for start, end in hit.passage.sentences]
    assert said == ["The mill at Arden burned down on Monday.", "Three people were hurt.", "Nobody knows why it caught fire."]


@pytest.mark.parametrize("kept", [slice(0, 2), slice(1, 3)])
def test_a_passage_that_lacks_its_first_or_last_sentence_is_not_measured(tmp_path: Path, kept: slice) -> None:
    (draft,) = load_drafts(written(tmp_path / "d.jsonl", GOOD | {"passages": PASSAGES[:1]}))
    with drafts.archive_of([draft]) as archive:
        (hit,) = archive.search("The mill at Arden")
        left = hit.passage.sentences[kept]
        cut = replace(hit, passage=replace(hit.passage, sentences=left), best_sentence=left[0])
        partial: Any = SimpleNamespace(read=archive.read, search=lambda query: (cut,))
        with pytest.raises(CaseError, match="m1-1: the archive keeps only a part of it"):
            drafts.hit_of(partial, "m1-1")


def test_refused_correct_drafts_and_accepted_altered_ones_are_counted(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert run(folder, json_out=out, verifier=verdicts("three", "four")) == ABOVE
    data = json.loads(out.read_text(encoding="utf-8"))
    rows = {(row["half"], row["label"]): row["counts"] for row in data["rows"]}
    assert rows["tune", "correct"] == {"all": [1, 2], "bg": [0, 0], "ru": [0, 0], "en": [1, 2], "same": [0, 1], "cross": [1, 1]}
    assert rows["tune", "number"]["all"] == [1, 1]
    assert rows["tune", "modality"] == {"all": [0, 1], "bg": [0, 0], "ru": [0, 0], "en": [0, 1], "same": [0, 0], "cross": [0, 1]}
    assert rows["held_out", "correct"]["all"] == [0, 1]
    assert rows["unseen", "correct"]["all"] == [1, 1]
    refused = next(outcome for outcome in data["outcomes"] if outcome["draft"] == "m2")
    assert (refused["accepted"], refused["code"], refused["reason"]) == (False, "number", "the words are not there")


def test_the_exit_code_is_nought_where_no_limit_is_passed(folder: Path) -> None:
    assert run(folder, verifier=verdicts("three", "promises")) == OK
    assert run(folder, half="held_out", verifier=verdicts("three")) == OK
    assert run(folder, half="tune", verifier=verdicts("three")) == ABOVE
    assert run(folder, half="unseen", verifier=verdicts("three")) == ABOVE


def test_a_draft_supported_by_a_passage_that_it_does_not_cite_is_a_fault(folder: Path) -> None:
    assert run(folder, verifier=verdicts("three", "promises", doc="m1-2")) == ABOVE


def test_one_altered_quotation_in_a_hundred_is_too_many() -> None:
    counts = {"all": (1, 100)}
    assert drafts.Row("tune", "number", counts).above
    assert not drafts.Row("tune", "negation", counts).above
    assert not drafts.Row("tune", "correct", {"all": (10, 100)}).above
    assert drafts.Row("tune", "correct", {"all": (11, 100)}).above


def test_without_a_verifier_or_with_a_malformed_file_nothing_is_measured(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(drafts, "import_module", lambda name: SimpleNamespace())
    assert main(["--half", "tune"]) == MALFORMED
    assert "exports no verify" in capsys.readouterr().err
    written(folder / FILES["tune"], ALTERED)
    assert run(folder, verifier=verdicts()) == MALFORMED
    assert f"{FILES['tune']}:1: passages is 'm1'" in capsys.readouterr().err


def test_the_verifier_is_given_the_embedder_of_the_archive_where_it_takes_one(monkeypatch: pytest.MonkeyPatch) -> None:
    archive: Any = SimpleNamespace(embedder="the archive's")
    monkeypatch.setattr(drafts, "import_module", lambda name: SimpleNamespace(verify=lambda s, h, *, embedder: (s, embedder)))
    assert drafts.product_verifier(archive)("One [1].", ()) == ("One [1].", "the archive's")
    monkeypatch.setattr(drafts, "import_module", lambda name: SimpleNamespace(verify=lambda s, h: s))
    assert drafts.product_verifier(archive)("One [1].", ()) == "One [1]."
