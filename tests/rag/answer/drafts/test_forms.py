"""The forms in which models write: each comes out as sentences with marks, whether it comes at once or in small pieces."""

from __future__ import annotations

import re

import pytest

from rag.answer.drafts.forms import AS_WORD, LONGEST, is_whole, sentences, tidy

# what a model writes, and the sentences in it
FORMS = [
    ("The bridge opened. [2] It cost 12 million.", ["The bridge opened [2].", "It cost 12 million."]),
    ("The bridge opened.[1] It cost 12.[2]", ["The bridge opened [1].", "It cost 12 [2]."]),
    (
        "[1] The bridge opened on 4 May. [2] It cost 12.\n[3] Nobody came.",
        ["The bridge opened on 4 May [1].", "It cost 12 [2].", "Nobody came [3]."],
    ),
    (
        "It cost 12 [1, 2]. Three died [1-3]. Two fell [1][2].",
        ["It cost 12 [1][2].", "Three died [1][2][3].", "Two fell [1][2]."],
    ),
    (
        "The bridge opened (1). Nobody came (Source 2). Two fell (passages 1 and 2).",
        ["The bridge opened [1].", "Nobody came [2].", "Two fell [1][2]."],
    ),
    ("It cost 12 【2】. It fell [^1]. It rose [source: 2].", ["It cost 12 [2].", "It fell [1].", "It rose [2]."]),
    ("Mary (5), a girl, was found [1].", ["Mary (5), a girl, was found [1]."]),
    (
        "- The bridge opened [1]\n- It cost 12 million [2];\n- Nobody came [1]",
        ["The bridge opened [1].", "It cost 12 million [2].", "Nobody came [1]."],
    ),
    ("1. The bridge opened.\n2. It cost 12.", ["The bridge opened.", "It cost 12."]),
    ("* **Opening**: 4 May [1]\n* *Cost*: 12 [2]", ["Opening: 4 May [1].", "Cost: 12 [2]."]),
    ("## Summary\nThe bridge opened. **It cost 12 million.** [1]", ["The bridge opened.", "It cost 12 million [1]."]),
    ("Answer: The bridge opened [1].", ["The bridge opened [1]."]),
    ("The answer is: it fell [2].", ["It fell [2]."]),
    ("Ответ: мост открыли [1].", ["Мост открыли [1]."]),
    ("Source 1: The bridge opened. Source 2: It cost 12.", ["The bridge opened [1].", "It cost 12 [2]."]),
    ("According to passage No. 1, the bridge opened.", ["The bridge opened [1]."]),
    ("According to [1], the bridge opened.", ["The bridge opened [1]."]),
    ("As stated in passages 1 and 2, it fell.", ["It fell [1][2]."]),
    ("Passage [1] states that it rose. It fell, according to passage 3.", ["It rose [1].", "It fell [3]."]),
    ("In passage [1] it is said that it fell.", ["It fell [1]."]),
    ("Based on the provided passages, the bridge opened [1].", ["The bridge opened [1]."]),
    ("Согласно отрывку 1, мост открыли. В отрывке [2] говорится, что он упал.", ["Мост открыли [1].", "Он упал [2]."]),
    ("Как сказано в [2], мост упал.", ["Мост упал [2]."]),
    ("Според пасаж 1 мостът е открит [1].", ["Според пасаж 1 мостът е открит [1]."]),
    ("Според пасаж 1, мостът е открит. В пасаж 2 се казва, че мостът падна.", ["Мостът е открит [1].", "Мостът падна [2]."]),
    ("Мостът падна (вж. пасаж 3).", ["Мостът падна [3]."]),
    ("The talks lasted 2.5 hours. Source: [1]", ["The talks lasted 2.5 hours [1]."]),
    ("<think>Hmm. Yes. No.</think>The bridge opened [1].", ["The bridge opened [1]."]),
    ("<reasoning>So. It did</reasoning> It fell [1].", ["It fell [1]."]),
    ("<think>It never ends. It goes on", []),
    ("In 1968 the bridge was built [1]. In May it fell [2].", ["In 1968 the bridge was built [1].", "In May it fell [2]."]),
    (
        "Из 12 человек трое ранены [2]. В 1968 году мост построили [1].",
        ["Из 12 человек трое ранены [2].", "В 1968 году мост построили [1]."],
    ),
    ("The bridge opened on 4", ["The bridge opened on 4"]),
    ("The bridge opened on 4 May [1]", ["The bridge opened on 4 May [1]."]),
    ("!!! *** 12. [1] ---", []),
]


@pytest.mark.parametrize(("written", "expected"), FORMS)
def test_every_form_comes_out_as_sentences_with_their_marks_at_the_end(written: str, expected: list[str]) -> None:
    assert [one for one in sentences([written], "en") if one] == expected


# A label with the source's number after the full stop comes after the sentence is out; the number is lost and nothing else.
@pytest.mark.parametrize(("written", "expected"), [form for form in FORMS if "Source: [1]" not in form[0]])
@pytest.mark.parametrize("size", [1, 3, 7])
def test_pieces_of_any_size_make_the_same_sentences(written: str, expected: list[str], size: int) -> None:
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    found = [one for one in sentences(pieces, "en") if one]
    marks = [[re.findall(r"\d+", one)[-1:] for one in group] for group in (found, expected)]
    assert [re.sub(r"\s*\[\d+\]", "", one) for one in found] == [re.sub(r"\s*\[\d+\]", "", one) for one in expected]
    assert marks[0] == marks[1]


def test_a_sentence_comes_as_soon_as_the_next_one_begins() -> None:
    pieces = [
        "- **It is",
        " open** [1",
        "]. [2] It",
        " cost 2.",
        "5 million [1, 2]",
        ". <think>No. It did",
        " not.</think> So?",
        " [3]",
    ]
    assert list(sentences(pieces, "en"))[:3] == [None, None, "It is open [1][2]."]
    assert [one for one in sentences(pieces, "en") if one][1:] == ["It cost 2.5 million [1][2].", "So [3]?"]


def test_a_sentence_that_does_not_end_is_given_up() -> None:
    read = 0

    def endless() -> object:
        nonlocal read
        while True:
            read += 1
            yield "and so on "

    (found,) = [one for one in sentences(endless(), "en") if one]  # type: ignore[arg-type]
    assert not is_whole(found)
    assert read <= LONGEST / 10 + 2


@pytest.mark.parametrize("loop", ["Ким ", "как максимарду, ", "and the mayor of Ostrel said that "])
def test_a_model_that_turns_in_circles_inside_a_sentence_is_left_early(loop: str) -> None:
    pieces = iter(["The bridge opened [1]. There was ", *[loop] * 1000])
    found = [one for one in sentences(pieces, "en") if one]
    assert found[0] == "The bridge opened [1]."
    assert not is_whole(found[1])
    assert len(list(pieces)) > 980


def test_a_mark_that_stands_as_a_word_is_seen() -> None:
    assert AS_WORD.search("It is reported in [1] that it fell.")
    assert AS_WORD.search("Мост, о котором говорится в [1], упал.")
    assert not AS_WORD.search("It fell in May [1].")


def test_a_sentence_keeps_every_word_that_may_be_of_the_matter() -> None:
    for text in (
        "According to the mayor, the bridge opened [1].",
        "In the article, published on Monday, he said no [1].",
        "Notes were found [2].",
        "По данным полиции, мост упал [1].",
        "Според кмета, мостът падна [1].",
    ):
        assert tidy(text) == text
