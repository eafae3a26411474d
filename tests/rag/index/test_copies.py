"""Which texts are copies: labelled pairs in three languages, half of which the rules were not tuned on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from rag.index import copies, schema
from rag.index.copies import fingerprints, is_copy, words_of
from rag.index.writer import Writer
from rag.types import Document

DATA = Path(__file__).resolve().parent / "data"
PRINT = str.maketrans(
    {"«": '"', "»": '"', "„": "“", "“": "”", '"': "“", "—": "–", "-": "‐", "е": "ё", "'": "’", "\u0020": "\u00a0"}
)


class Pair(NamedTuple):
    half: str
    copy: bool
    one: str
    other: str
    one_outlet: bool
    line: str


def texts() -> dict[str, str]:
    blocks = (DATA / "copies.txt").read_text(encoding="utf-8").split("\n=== ")[1:]
    return {name: text.strip() for name, _, text in (block.partition("\n") for block in blocks)}


TEXTS = texts()


def changed(text: str, step: str) -> str:
    """The text after one step of those that the head of pairs.txt explains."""
    kind, _, value = step.partition(" ")
    paragraphs = text.split("\n\n")
    match kind:
        case "cut":
            return "\n\n".join(paragraphs[: int(value)])
        case "from":
            return "\n\n".join(paragraphs[int(value) - 1 :])
        case "head":
            return f"{value}\n\n{text}"
        case "tail":
            return f"{text}\n\n{value}"
        case "inside":
            around = TEXTS[value].split("\n\n")
            return "\n\n".join([*around[:2], text, *around[2:]])
        case "print":
            return text.translate(PRINT)
        case "swap":
            for exchange in value.split("; "):
                before, after = exchange.split(" => ")
                assert before in text, exchange
                text = text.replace(before, after)
            return text
        case _:
            return TEXTS[kind]


def pairs() -> Iterator[Pair]:
    for line in (DATA / "pairs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        half, label, rest = line.split(" ", 2)
        name, *steps = rest.split(" | ")
        one, other, ended = TEXTS[name], TEXTS[name], False
        if "inside" in rest and steps[0].startswith("cut"):
            one = changed(one, steps[0])  # the item that the longer article has was never longer
        for step in steps:
            kind, _, value = step.partition(" ")
            if kind == "outlet":
                continue
            if kind == "both":
                one, other = f"{one}\n\n{value}", f"{other}\n\n{value}"
            elif kind == "cut" and label == "other" and not ended:
                one, ended = changed(one, step), True
            else:
                other = changed(other, step)
        yield Pair(half, label == "copy", one, other, "outlet" in steps, line)


PAIRS = list(pairs())


def rates(half: str) -> tuple[float, float, list[str]]:
    """Precision and recall of `is_copy` on one half, and the lines it gets wrong."""
    found = [
        (pair, is_copy(words_of(pair.one), words_of(pair.other), one_outlet=pair.one_outlet))
        for pair in PAIRS
        if pair.half == half
    ]
    right = sum(pair.copy and said for pair, said in found)
    wrong = [pair.line for pair, said in found if pair.copy != said]
    return right / sum(said for _, said in found), right / sum(pair.copy for pair, _ in found), wrong


@pytest.mark.parametrize("half", ["tuned", "unseen"])
def test_copies_are_told_from_reports_updates_and_bulletins(half: str) -> None:
    assert len([pair for pair in PAIRS if pair.half == half]) >= 30
    precision, recall, wrong = rates(half)
    assert precision >= 0.95, wrong
    assert recall >= 0.95, wrong


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.copy], ids=lambda pair: pair.line)
def test_a_copy_is_found_among_all_the_other_texts(pair: Pair, tmp_path: Path) -> None:
    schema.create(tmp_path, "{}")
    writer = Writer(tmp_path)
    with writer.transaction():
        for place, (id_, text) in enumerate({"one": pair.one, **TEXTS, "other": pair.other}.items()):
            if text not in (pair.one, pair.other) or id_ in ("one", "other"):
                writer.add(Document(id=id_, text=text, source=id_, sha256="", outlet=str(place)), id_, (), run=0)
    assert copies.origins(writer.conn, ["other"])["other"] == "one"
    writer.close()


def test_typography_case_and_ways_to_write_a_figure_make_no_difference() -> None:
    one = words_of("Ёлка — «самая высокая»: 1 200,5 крон, пять шаров.")
    other = words_of('ЕЛКА - "самая высокая": 1.200,5 крон; 5 шаров')
    assert one.hashes.tolist() == other.hashes.tolist()


def test_skipped_spans_are_no_words_of_the_article() -> None:
    text = "Menu News Sport. The ferry sails at noon. Copyright"
    assert words_of(text, ((0, 16), (42, 51))).hashes.tolist() == words_of("The ferry sails at noon.").hashes.tolist()


def test_a_text_without_words_is_no_copy_of_anything() -> None:
    assert not is_copy(words_of("…"), words_of("…"))
    assert len(fingerprints(words_of(""))) == 0


def test_figures_in_a_table_are_not_taken_for_exchanged() -> None:
    """Between figures any figure fits: 3 7 is not 3 8 changed where 3 8 stands elsewhere in the table."""
    table = " ".join(str(number) for number in range(100, 160))
    assert is_copy(words_of(f"The scores of the day follow. {table}"), words_of(f"The scores of the day follow. {table} 7 9"))
