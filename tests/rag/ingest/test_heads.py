from __future__ import annotations

import pytest

from rag.ingest.heads import read_dateline, read_front_matter, read_labels


@pytest.mark.parametrize(
    ("text", "prefix", "month", "number", "year", "agency"),
    [
        ("Пхеньян, 4 сентября. /ЦТАК/-- Вчера", "Пхеньян, 4 сентября. /ЦТАК/--", 9, 4, None, "ЦТАК"),
        ("МОСКВА, 3 сен /ТАСС/. Завод", "МОСКВА, 3 сен /ТАСС/.", 9, 3, None, "ТАСС"),
        ("МОСКВА, 3 сен — РИА Новости. Завод", "МОСКВА, 3 сен — РИА Новости.", 9, 3, None, "РИА Новости"),
        ("АНКАРА, 4 сентября, ТАСС. Порт", "АНКАРА, 4 сентября, ТАСС.", 9, 4, None, "ТАСС"),
        ("Москва. 3 сентября. ИНТЕРФАКС - Завод", "Москва. 3 сентября. ИНТЕРФАКС -", 9, 3, None, "ИНТЕРФАКС"),
        ("Минск, 3 сентября 2025 г. /Корр. БЕЛТА/. Порт", "Минск, 3 сентября 2025 г. /Корр. БЕЛТА/.", 9, 3, 2025, "БЕЛТА"),
        ("Ростов-на-Дону, 4 сентября. /ТАСС/. Порт", "Ростов-на-Дону, 4 сентября. /ТАСС/.", 9, 4, None, "ТАСС"),
        ("София, 12 март (БТА) – Мостът", "София, 12 март (БТА) –", 3, 12, None, "БТА"),
        ("София, 12 март /Мария Липова, БТА/ Мостът", "София, 12 март /Мария Липова, БТА/", 3, 12, None, "БТА"),
        ("СОФИЯ /БТА/ – Мостът", "СОФИЯ /БТА/ –", None, None, None, "БТА"),
        ("LONDON, March 4 (Reuters) - The", "LONDON, March 4 (Reuters) -", 3, 4, None, "Reuters"),
        ("KYIV (AP) — The", "KYIV (AP) —", None, None, None, "AP"),
        ("KYIV, Ukraine (AP) — The", "KYIV, Ukraine (AP) —", None, None, None, "AP"),
        ("WASHINGTON, March 4, 2025 /PRNewswire/ -- A", "WASHINGTON, March 4, 2025 /PRNewswire/ --", 3, 4, 2025, "PRNewswire"),
        ("Лондон, 4 марта. Порт", "Лондон, 4 марта.", 3, 4, None, None),
        ("Лондон, 4 марта (ТАСС, БТА). Порт", "Лондон, 4 марта (ТАСС, БТА).", 3, 4, None, None),
    ],
)  # fmt: skip
def test_a_dateline_gives_its_day_and_the_agency_that_it_marks(
    text: str, prefix: str, month: int | None, number: int | None, year: int | None, agency: str | None
) -> None:
    dateline = read_dateline(text, 0, len(text))
    assert dateline is not None
    assert text[dateline.span[0] : dateline.span[1]] == prefix
    assert (dateline.month, dateline.number, dateline.year, dateline.agency) == (month, number, year, agency)


@pytest.mark.parametrize(
    "text",
    [
        "Apple (AAPL) — акции выросли.",
        "Лондон, 4 марта 1939 года, стал центром спора.",
        "В Москве, 3 сентября (среда) — день города.",
        "On Monday, March 4 (the deadline) - nothing came.",
        "Лондон, 4 марта (среда) — день города.",
        "LONDON — The minister left.",
        "Мост через реку (ТАСС) — гордость города.",
    ],
)
def test_a_sentence_that_only_resembles_one_is_no_dateline(text: str) -> None:
    assert read_dateline(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (" date 2025-10-11 Мостът беше открит.", "2025-10-11"),
        ("date 2025-09-03T10:15:00Z The bridge opened.", "2025-09-03T10:15:00Z"),
        ("дата: 11 октября 2025 г.\nМост открыли.", "11 октября 2025 г."),
        ("Дата 11.10.2025\nМост открыли.", "11.10.2025"),
        ("Published: Oct. 11, 2025\nThe bridge opened.", "Oct. 11, 2025"),
        ("date 2025-02-30 Мост открыли.", "2025-02-30"),
    ],
)
def test_a_labelled_date_is_read_before_the_first_sentence_or_on_its_own_line(text: str, written: str) -> None:
    head = read_labels(text, 0)
    assert head.fields == {"published": written}
    assert next(text[start:end] for start, end in head.spans).endswith(written)
    assert text[head.end :].lstrip().startswith(("Мост", "The bridge"))


@pytest.mark.parametrize("text", ["Date palms grow there.", "Дата открытия неизвестна.", "Title page: blank", "Язык без костей."])
def test_a_sentence_that_begins_with_a_label_is_no_label(text: str) -> None:
    assert read_labels(text, 0).fields == {}


def test_a_block_of_labelled_lines_is_read_whole() -> None:
    text = "Title: The bridge\nDate: 2025-10-11\nURL: https://example.org/a\n\nThe bridge opened."
    head = read_labels(text, 0)
    assert head.fields == {"title": "The bridge", "published": "2025-10-11", "url": "https://example.org/a"}
    assert text[head.end :].strip() == "The bridge opened."


def test_front_matter_is_read_with_one_level_of_nesting() -> None:
    text = '---\ntitle: "A: bridge"\ndate: 2025-10-11\n# note\ntags:\n  - a\ndigest_of:\n  outlet: X\n---\nBody.'
    read = read_front_matter(text)
    assert read is not None
    assert read[0] == {"title": "A: bridge", "date": "2025-10-11", "digest_of.outlet": "X"}
    assert text[read[1][1] :] == "\nBody."


@pytest.mark.parametrize("text", ["---\nHe said nothing.\n---\nBody.", "Body.\n---\ntitle: x\n---\n", "---\ntitle: x\nBody."])
def test_text_between_lines_of_hyphens_is_no_front_matter(text: str) -> None:
    assert read_front_matter(text) is None
