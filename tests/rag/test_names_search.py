"""A name asked for in one language finds the documents that spell it in another.

The names are those of text/data/names.txt, the sentences invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from rag.archive import Archive
from rag.text.names import same_name
from rag.types import Query

LANGUAGES = ("en", "ru", "bg")
DIRECTIONS = tuple(permutations(LANGUAGES, 2))

# Russian sentences take the other case: with a person, in a place, of a body.
_DOCUMENTS = {
    "person": {
        "en": (
            "Reporters waited two hours at the gate for {}, who left without a word.",
            "A portrait of {} was sold at the charity auction for a record sum.",
            "The editors apologised to {} for the misprint in the weekend issue.",
        ),
        "ru": (
            "Вечером журналисты встретились с {}, но беседа вышла короткой.",
            "Издательство поспорило с {} из-за обложки новой книги.",
            "Организаторы фестиваля так и не связались с {} до открытия.",
        ),
        "bg": (
            "Репортерите чакаха {} пред входа повече от два часа.",
            "Портрет на {} беше продаден на благотворителния търг.",
            "Редакцията се извини на {} за печатната грешка в броя.",
        ),
    },
    "place": {
        "en": (
            "The choir will rehearse in {} until the end of the season.",
            "Heavy snow closed three schools in {} on the first day of term.",
            "A small museum of clocks has opened its doors in {}.",
        ),
        "ru": (
            "Хор будет репетировать в {} до конца сезона.",
            "Из-за снегопада в {} закрыли три школы.",
            "Небольшой музей часов открылся в {} на прошлой неделе.",
        ),
        "bg": (
            "Хорът ще репетира в {} до края на сезона.",
            "Заради обилния сняг в {} затвориха три училища.",
            "Малък музей на часовника отвори врати в {}.",
        ),
    },
    "body": {
        "en": (
            "A spokesman for {} declined to discuss the contents of the letter.",
            "Three former employees of {} wrote a book about those years.",
            "The report by {} runs to four hundred pages without pictures.",
        ),
        "ru": (
            "Представитель {} отказался обсуждать содержание письма.",
            "Трое бывших сотрудников {} написали книгу о тех годах.",
            "Доклад {} занимает четыреста страниц без картинок.",
        ),
        "bg": (
            "Говорител на {} отказа да обсъжда съдържанието на писмото.",
            "Трима бивши служители на {} написаха книга за онези години.",
            "Докладът на {} заема четиристотин страници без снимки.",
        ),
    },
}
_QUESTIONS = {
    "en": ("What is known about {}?", "latest news {}", "Why was {} mentioned in the press?"),
    "ru": ("Что известно: {}?", "последние новости {}", "Почему {} упоминается в прессе?"),
    "bg": ("Какво се знае за {}?", "последни новини {}", "Защо {} се споменава в пресата?"),
}
# Names like those asked about, and like each other.
_ALIKE = {
    "en": (
        "Ivanov Ivanova Ivanovich Petrov Petreev Petrenko Sidorov Markov Markovic Johnston Johansson Wilkins "
        "Wilcox Merkley Merker Macrae McCrory Trumbull Triumph Baden Bidwell Patton Potter Clifton Clayton "
        "Obrien Osborne Bushnell Nickson Kenley Reardon Wellsford"
    ),
    "ru": (
        "Иванов Иванова Иванович Петров Петреев Петренко Сидоров Марков Маркович Джонстон Юханссон Уилкинс "
        "Уилкокс Меркулов Меркер Макрей Маккрори Трамбулл Триумфов Баденов Бидуэлл Паттон Поттер Клифтон "
        "Клейтон Обриен Осборн Бушуев Никишин Кенлов Реардон Уэлсфорд"
    ),
    "bg": (
        "Иванов Иванова Иванович Петров Петреев Петренко Сидоров Марков Маркович Джонстън Юхансон Уилкинс "
        "Уилкокс Меркулов Меркер Макрей Маккрори Тръмбъл Триумфов Баденов Бидуел Патън Потър Клифтън Клейтън "
        "Обриен Озбърн Бушуев Никишин Кенлов Риърдън Уелсфорд"
    ),
}


@dataclass(frozen=True, slots=True)
class NameCase:
    """A name: as it is asked for in each language, and as documents have it."""

    number: int
    kind: str
    asked: dict[str, str]
    written: dict[str, str]

    @property
    def unseen(self) -> bool:
        """Whether it belongs to the third that nothing was tuned on."""
        return blake2b(self.asked["en"].encode(), digest_size=4).digest()[0] % 3 == 0

    def id(self, language: str) -> str:
        return f"{language}-{self.number}"


def read_names(path: Path) -> list[NameCase]:
    rows = [line.split("|") for line in path.read_text("utf-8").splitlines() if line[0] != "#"]
    cases = []
    for number, row in enumerate(rows):
        kind, english, russian, other_case, bulgarian = (part.strip() for part in row)
        asked = {"en": english, "ru": russian, "bg": bulgarian}
        cases.append(NameCase(number, kind, asked, asked | {"ru": other_case}))
    return cases


def records(cases: list[NameCase]) -> Iterator[dict[str, Any]]:
    """A document for each name in each language, and distractors: names like these, and the same sentences about nobody."""
    for case in cases:
        for language in LANGUAGES:
            sentences = _DOCUMENTS[case.kind][language]
            text = sentences[case.number % len(sentences)].format(case.written[language])
            yield {"id": case.id(language), "text": text, "language": language}
    for language in LANGUAGES:
        for number, name in enumerate(_ALIKE[language].split()):
            sentences = _DOCUMENTS["person"][language]
            yield {"id": f"alike-{language}-{number}", "text": sentences[number % 3].format(name), "language": language}
        for kind in _DOCUMENTS:
            for number, sentence in enumerate(_DOCUMENTS[kind][language]):
                yield {"id": f"nobody-{language}-{kind}-{number}", "text": sentence.format("…"), "language": language}


def question(case: NameCase, language: str) -> str:
    patterns = _QUESTIONS[language]
    return patterns[case.number % len(patterns)].format(case.asked[language])


CASES = read_names(Path(__file__).parent / "text" / "data" / "names.txt")
HALVES = {"tuned": [case for case in CASES if not case.unseen], "unseen": [case for case in CASES if case.unseen]}


def write(folder: Path) -> Path:
    path = folder / "names.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records(CASES)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def archive_of_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """All documents, under the embedder that the product ships."""
    folder = tmp_path_factory.mktemp("names")
    with Archive.create(folder / "archive") as archive:
        archive.index([write(folder)])
        yield archive


def share_found(archive: Archive, cases: list[NameCase], asked: str, found: str, mode: Any) -> float:
    """Of `cases`, asked for in one language, the share whose document in the other is among the first ten of all."""
    hits = (archive.search(Query(question(case, asked), k=10, mode=mode)) for case in cases)
    return sum(case.id(found) in {hit.document.id for hit in ten} for case, ten in zip(cases, hits, strict=True)) / len(cases)


def test_there_are_names_enough() -> None:
    assert len(CASES) >= 230
    assert len(HALVES["unseen"]) >= 60


@pytest.mark.parametrize(("asked", "found"), DIRECTIONS)
@pytest.mark.parametrize("half", HALVES)
def test_a_name_finds_its_other_spellings_by_words(archive_of_names: Archive, half: str, asked: str, found: str) -> None:
    assert share_found(archive_of_names, HALVES[half], asked, found, "lexical") >= 0.95


@pytest.mark.parametrize(("asked", "found"), DIRECTIONS)
def test_a_name_finds_its_other_spellings_in_hybrid_mode(archive_of_names: Archive, asked: str, found: str) -> None:
    assert share_found(archive_of_names, CASES, asked, found, "hybrid") >= 0.85


@pytest.mark.parametrize("half", HALVES)
def test_spellings_of_a_name_are_the_same_and_different_names_hardly_ever(half: str) -> None:
    cases = HALVES[half]
    same = [same_name(case.asked[a], case.written[b]) for case in cases for a, b in DIRECTIONS]
    assert sum(same) / len(same) >= 0.93
    different = [same_name(one.asked[a], other.written[b]) for one, other in permutations(cases, 2) for a, b in DIRECTIONS[::2]]
    assert sum(different) / len(different) <= 0.002


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """500 documents, one of which has the name Brankwiss, and the others all other words of the question, more often."""
    tmp_path = tmp_path_factory.mktemp("crowd")
    words = "council meeting budget vote street school bridge water mayor decision"
    ending = "The mayor and the council met about the budget vote."
    rows = [{"id": str(i), "text": f"The {words} of the day, number {i}. {ending}", "language": "en"} for i in range(500)]
    rows[317]["text"] = "After the meeting a clerk, Teodolf Brankwiss, locked the school."
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with Archive.create(tmp_path / "archive") as archive:
        archive.index([path])
        yield archive


ASKED = "What did the mayor, the council and Brankwiss decide about the school budget vote at the meeting?"
SPELT = pytest.mark.parametrize("text", [ASKED, ASKED.lower(), ASKED.replace("Brankwiss", "Бранкуис")])


@SPELT
def test_an_exact_rare_name_comes_first_by_words_however_common_the_rest(crowd: Archive, text: str) -> None:
    assert crowd.search(Query(text, k=1, mode="lexical"))[0].document.id == "317"


@SPELT
def test_an_exact_rare_name_is_among_the_first_in_hybrid_mode(crowd: Archive, text: str) -> None:
    assert "317" in {hit.document.id for hit in crowd.search(Query(text, k=10))}
