from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from rag.ingest import read
from rag.ingest.errors import Unreadable
from rag.ingest.fields import Fields, read_fields
from rag.ingest.metadata import make_document
from rag.types import Document, Original, day

Make = Callable[[str], Document]
Skipped = Callable[[Document], list[str]]

BODY = "Мост через реку у посёлка Приречье открыли во вторник после восьми месяцев ремонта, сообщил глава района."
DATES = {
    "000": date(2025, 10, 11),
    "001": date(2025, 9, 3),
    "002": date(2025, 9, 3),
    "003": date(2025, 8, 13),
    "004": date(2025, 9, 4),
}


def test_the_seeds_have_their_dates_languages_and_outlets(shared: Path) -> None:
    documents = {path.name[:3]: next(read(path)) for path in sorted((shared / "seeds").glob("*.txt"))}
    assert all(isinstance(document, Document) for document in documents.values())
    assert {name: day(document.published) for name, document in documents.items()} == DATES
    assert [document.language for document in documents.values()] == ["bg", "ru", "bg", "ru", "ru"]
    assert [document.outlet for document in documents.values()] == [None, "URA.RU", None, None, "ЦТАК"]
    assert documents["004"].read_from["published"] == "dateline, year from footer"
    assert documents["003"].read_from["title"] == "repeated headline"


def test_each_source_of_a_date_yields_to_the_one_before_it(make: Make) -> None:
    layers = [
        ("---\npublished: 2025-01-01\n---\n", "front matter", date(2025, 1, 1)),
        ("date 2025-01-02\n", "leading date", date(2025, 1, 2)),
        ("3 января 2025 / 10:18\n", "page header", datetime(2025, 1, 3, 10, 18)),
        ("Приречье, 4 января. /ТАСС/ ", "dateline, year from footer", date(2025, 1, 4)),
        ("", "footer", date(2025, 1, 5)),
    ]
    for index, (_, where, value) in enumerate(layers):
        text = "".join(layer for layer, _, _ in layers[index:]) + BODY + "\nwww.example.org (2025.01.05.)"
        document = make(text)
        assert (document.published, document.read_from["published"]) == (value, where)
    given = Fields(published=date(2024, 12, 31))
    document = make_document(text, source="x", given=[(given, "sidecar")])
    assert (document.published, document.read_from["published"]) == (date(2024, 12, 31), "sidecar")


@pytest.mark.parametrize(
    ("text", "published", "where"),
    [
        (f"Приречье, 31 декабря. /ТАСС/ {BODY}\nwww.example.org (2026.01.01.)", date(2025, 12, 31), "dateline, year from footer"),
        (
            f"Приречье, 4 сентября. /ТАСС/ {BODY} Это случилось 4 сентября 2025 года.",
            date(2025, 9, 4),
            "dateline, year from text",
        ),
        (f"Приречье, 4 сентября 2024 г. /ТАСС/ {BODY}", date(2024, 9, 4), "dateline"),
        (f"Приречье, 4 сентября. /ТАСС/ {BODY} Мост построен 15 апреля 1912 года.", None, None),
        (f"Приречье, 4 сентября. /ТАСС/ {BODY}\n© ТАСС, 2025", None, None),
        (f"{BODY} Мост построен 15 апреля 1912 года.", None, None),
    ],
)
def test_a_year_comes_from_the_text_or_stays_unknown(text: str, published: date | None, where: str | None, make: Make) -> None:
    document = make(text)
    assert (document.published, document.read_from.get("published")) == (published, where)


def test_a_year_comes_from_the_address_of_the_article() -> None:
    given = Fields(url="https://example.org/news/2025/09/05/bridge")
    document = make_document(f"Приречье, 4 сентября. {BODY}", source="x", given=[(given, "record")])
    assert (document.published, document.read_from["published"]) == (date(2025, 9, 4), "dateline, year from address")


def test_an_address_without_a_date_gives_none() -> None:
    given = Fields(url="https://example.org/news/2025/09/05/bridge")
    assert make_document(BODY, source="x", given=[(given, "record")]).published is None


@pytest.mark.parametrize(
    "text",
    [
        f"© Иван Перов/ ТАСС\n{BODY}",
        f"Фото: Reuters\n{BODY}",
        f"{BODY}\nИсточник: ТАСС",
        f"{BODY}\n© Речной вестник, 2025. Все права защищены",
        f"{BODY} Об этом сообщило агентство Reuters.",
    ],
)
def test_a_credit_a_source_or_a_copyright_is_not_the_outlet(text: str, make: Make) -> None:
    assert make(text).outlet is None


def test_a_footer_gives_a_whole_address_but_not_a_bare_host(make: Make, skipped: Skipped) -> None:
    whole = make(f"{BODY}\nИсточник: https://example.org/a/1")
    assert (whole.url, whole.read_from["url"]) == ("https://example.org/a/1", "footer")
    bare = make(f"{BODY}\n-о-\nwww.example.org (2025.09.04.)")
    assert bare.url is None
    assert skipped(bare) == ["-о-", "www.example.org (2025.09.04.)"]


def test_dates_under_links_to_other_articles_are_not_the_articles(make: Make) -> None:
    assert make(f"{BODY}\nСамое читаемое\nПаром вернулся на линию\n4 мая 2024, 10:15").published is None


def test_headers_stay_in_the_text_as_skipped_spans(make: Make, skipped: Skipped) -> None:
    text = f" date 2025-10-11 Приречье, 11 октября. /ТАСС/-- {BODY}"
    document = make(text)
    assert document.text == text
    assert skipped(document) == ["date 2025-10-11", "Приречье, 11 октября. /ТАСС/--"]


def test_a_labelled_day_that_does_not_exist_is_refused_by_name(make: Make) -> None:
    with pytest.raises(Unreadable, match="2025-02-30"):
        make(f"date 2025-02-30 {BODY}")
    with pytest.raises(Unreadable, match=r"front matter.*2025-02-30"):
        make(f"---\ndate: 2025-02-30\n---\n{BODY}")


def test_a_first_line_without_a_full_stop_is_the_title(make: Make, skipped: Skipped) -> None:
    document = make(f"Мост у Приречья открыт\n\n{BODY}")
    assert (document.title, document.read_from["title"]) == ("Мост у Приречья открыт", "first line")
    assert skipped(document) == ["Мост у Приречья открыт"]
    assert make(f"{BODY}\n{BODY[:-1]} вчера.").title is None


def test_a_given_title_is_skipped_where_the_text_repeats_it(skipped: Skipped) -> None:
    given = Fields(title="Мост открыт. Что дальше?")
    document = make_document(f"Мост открыт – что дальше?\n{BODY}", source="x", given=[(given, "record")])
    assert document.title == "Мост открыт. Что дальше?"
    assert skipped(document) == ["Мост открыт – что дальше?"]


def test_a_given_language_wins_and_a_detected_one_says_so(make: Make) -> None:
    given = make_document(BODY, source="x", given=[(Fields(language="uk"), "record")])
    assert (given.language, given.read_from["language"]) == ("uk", "record")
    assert (make(BODY).language, make(BODY).read_from["language"]) == ("ru", "detected")
    assert make("2025").language is None
    assert "language" not in make("2025").read_from


def test_the_language_is_that_of_the_article_and_not_of_the_page(make: Make) -> None:
    page = "Share on Facebook\nRead more: The bridge that two kings crossed in one day\nAdvertisement\n" * 5
    assert make(f"{BODY}\n{page}").language == "ru"


def test_the_hash_changes_with_the_text_and_with_each_field() -> None:
    fields = [
        {},
        {"title": "A"},
        {"outlet": "A"},
        {"published": "2025-01-01"},
        {"language": "bg"},
        {"url": "https://a.org"},
        {"digest_of": {"outlet": "A"}},
    ]
    hashes = [make_document(BODY, source="x", given=[(read_fields(each), "record")]).sha256 for each in fields]
    hashes.append(make_document(BODY[:-1], source="x").sha256)
    assert len(set(hashes)) == len(hashes)
    assert make_document(BODY, source="x").sha256 == make_document(BODY, source="y").sha256 == hashes[0]


def test_a_digest_names_its_original(make: Make) -> None:
    document = make(f"---\ntitle: Обзор\ndigest_of:\n  outlet: ЦТАК\n  published: 2025-09-04\n---\n{BODY}")
    assert document.digest_of == Original(outlet="ЦТАК", published=date(2025, 9, 4))
