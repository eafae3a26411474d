from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.ingest.lines import split_lines
from rag.ingest.page import judge
from rag.types import Document

Make = Callable[[str], Document]
Skipped = Callable[[Document], list[str]]

BODY = "Мостът край Белица беше отворен във вторник след осем месеца ремонт, съобщи общината."


Page = list[tuple[str, str]]


def labelled_pages() -> dict[str, Page]:
    """The lines of each page, with their labels."""
    pages = (Path(__file__).parent / "pages.txt").read_text(encoding="utf-8").split("\n%% ")[1:]
    split = (page.rstrip().split("\n") for page in pages)
    return {name: [(line[:1], line[2:]) for line in lines] for name, *lines in split}


PAGES = labelled_pages()


def text_of(page: Page) -> str:
    return "\n".join(text for _, text in page)


@pytest.mark.parametrize("name", PAGES)
def test_leftovers_of_a_page_are_skipped_and_its_sentences_are_not(name: str, make: Make) -> None:
    document = make(text_of(PAGES[name]))
    at, wrongly, missed = 0, [], []
    for label, text in PAGES[name]:
        end = at + len(text)
        # Of a line of the article, a dateline may be skipped, never the end.
        if label == "+" and any(low < end <= high for low, high in document.skipped):
            wrongly.append(text)
        if label in "-=" and text and not any(low <= at and end <= high for low, high in document.skipped):
            missed.append(text)
        at = end + 1
    assert wrongly == []
    assert missed == []


def test_the_headline_of_a_page_is_its_title(make: Make) -> None:
    wrong = [name for name, page in PAGES.items() if ("=", make(text_of(page)).title) not in page]
    # Under "Breaking News" stands another headline of the same story.
    assert wrong == ["en-06 test"]


def judged(text: str) -> list[str | None]:
    return list(judge(split_lines(text, 0, [])).kinds)


@pytest.mark.parametrize(
    "sentence",
    [
        "Главное — не опоздать, сказал капитан.",
        "Подписка на газету подорожала на десять процентов.",
        "Подпишитесь под договором не позднее пятницы, просит банк.",
        "Оставайтесь дома, просят нас власти.",
        "Рекламу кафе на стене огонь не тронул.",
        "Источник: переговоры пройдут в среду в столице.",
        "Больше всего снега в нашем районе выпало в марте.",
        "Новый закон обязывает сайты спрашивать о файлах cookie.",
        "Споделете водата с дърветата, помоли организаторът.",
        "Вижте колко е просто, каза той и показа термометъра.",
        "Снимката беше направена през 1932 г.",
        "Сайтът на общината не работи от понеделник.",
        "Share prices of both firms fell.",
        "Share in profits rose to 5 percent.",
        "Follow the tracks and you reach the port.",
        "Images by Maxar show new works near the old border.",
        "Copyright law was changed in May.",
        "The site stores cookies on each visit, the regulator found.",
        "Comments from residents were warm.",
        "By Friday the road was open.",
        "This story was first told in 1910.",
    ],
)
def test_a_sentence_about_a_pages_topics_is_not_a_leftover(sentence: str) -> None:
    assert judged(f"{BODY}\n{sentence}\n{BODY[:-1]} и днес.") == [None, None, None]


@pytest.mark.parametrize(
    "line",
    [
        "/ Дальнее зарубежье / Культура / Наука",
        "Главная > Новости",
        "© Иван Перов/ ТАСС",
        "Фото: Иван Перов.",
        "Снимка: БТА",
        "Photo by Ana Roth",
        "REUTERS/Ana Roth",
        "Поделиться в Telegram",
        "Сподели във Facebook",
        "Share on X",
        "Читайте также: Мост откроют в мае.",
        "Вижте още: Кога ще отворят моста?",
        "Read more: When will the bridge open?",
        "Подпишитесь на наш канал в Telegram, чтобы ничего не пропустить!",
        "Абонирайте се за нашия бюлетин.",
        "Мы используем файлы cookie, чтобы сайт работал лучше.",
        "This website uses cookies.",
        "Комментарии (12)",
        "Реклама",
        "Advertisement",
        "Теги: мост, река",
        "12 март 2025, 10:15",
        "Вчера, 18:40",
        "16+",
    ],
)
def test_a_leftover_between_sentences_is_skipped(line: str) -> None:
    kinds = judged(f"{BODY}\n{line}\n{BODY[:-1]} и днес.")
    assert [kind is None for kind in kinds] == [True, False, True]
    assert kinds[1] != "heading"


def test_a_heading_is_skipped_but_a_list_is_kept() -> None:
    text = f"{BODY}\nКакво следва\n{BODY[:-1]} и днес.\nУчастват:\nГорно Поле\nБелица\n{BODY[:-1]} утре."
    assert judged(text) == [None, "heading", None, None, None, None, None]


def test_a_text_written_without_full_stops_keeps_its_lines() -> None:
    text = "Мост открыли утром\nПаром вернулся на линию\nБилет стоит 35 рублей\nРейсы идут каждый час."
    assert judged(text) == [None] * 4


def test_of_a_sentence_said_twice_one_stays() -> None:
    assert judged(f"{BODY}\n{BODY}\nРемонтът струва два милиона.") == ["headline", None, None]


def test_lines_broken_at_a_width_are_not_taken_for_headings() -> None:
    text = (
        "The ferry to Marrow Bay sailed again on Tuesday after two\nwinters without a service. The new boat carries sixty\n"
        "passengers and runs every fifty minutes, harbour master\nTom Aldred said on Monday.\n\nFares stay at three pounds forty"
        " until the end of the\nyear, and children under six travel free on Sundays."
    )
    assert judged(text) == [None, None]


def test_a_number_at_the_beginning_of_a_broken_line_does_not_cut_its_sentence() -> None:
    text = (
        "The clock in Hexley may show one of two values, that is, 0 or\n1. It has run backwards since Monday, and nobody has\n"
        "complained so far, said the mechanic who looks after it on\nweekdays and finds the whole affair rather funny."
    )
    assert judged(text) == [None]


def test_the_only_line_of_a_text_is_kept() -> None:
    assert judged("Поделиться") == [None]


def test_a_referral_after_a_sentence_is_skipped_without_it(make: Make, skipped: Skipped) -> None:
    assert skipped(make(f"{BODY} Вижте още: Кога ще има нов мост\nРемонтът струва два милиона.")) == [
        "Вижте още: Кога ще има нов мост"
    ]


def test_tags_and_scripts_of_html_are_skipped_and_offsets_still_fit(make: Make, skipped: Skipped) -> None:
    document = make("<div><p>The bridge is open.</p>\n<script>track('.');</script><p>It is <b>new</b>.</p></div>")
    assert skipped(document) == ["<div><p>", "</p>", "<script>track('.');</script><p>", "</p></div>"]


def test_markdown_headings_are_skipped_and_the_first_is_the_title(make: Make, skipped: Skipped) -> None:
    document = make(f"# Мост открыт #\n\n{BODY}\n\n## Планы\n\n{BODY[:-1]} и днес.")
    assert document.title == "Мост открыт"
    assert skipped(document) == ["# Мост открыт #", "## Планы"]


def sets(shared: Path) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name in ("flores", "xquad", "danetqa"):
        lines = (shared / "data" / f"{name}_passages.jsonl").read_text(encoding="utf-8").splitlines()
        rows += [(row["lang"], row["text"]) for row in map(json.loads, lines)]
    return rows


@pytest.fixture
def undetected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out the detection of languages, which is not what is tested, and slow."""
    monkeypatch.setattr("rag.ingest.metadata.detect", lambda text: None)


@pytest.mark.usefixtures("undetected")
def test_nothing_of_a_real_sentence_or_paragraph_is_skipped(shared: Path, make: Make) -> None:
    rows = sets(shared)
    assert len(rows) > 5000
    assert [text for _, text in rows if (d := make(text)).skipped or d.title or d.outlet or d.published] == []


@pytest.mark.usefixtures("undetected")
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_of_real_sentences_set_as_articles_at_most_one_in_a_thousand_is_skipped(shared: Path, make: Make, between: str) -> None:
    rows, wrong = sets(shared), 0
    for language in ("ru", "bg", "en"):
        texts = [text for lang, text in rows if lang == language]
        wrong += sum(len(make(between.join(texts[i : i + 8])).skipped) for i in range(0, len(texts), 8))
    # The few that are skipped have lost their full stop.
    assert wrong <= len(rows) / 1000
