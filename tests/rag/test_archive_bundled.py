"""The archive with its real embedder, index and files: a few articles in three languages."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.archive import Archive
from rag.types import Query

ARTICLES = {
    "bridge-en": ("en", "The new bridge at Ostrel was opened on Monday. It cost nine million and replaces the ferry."),
    "bridge-ru": ("ru", "Новый мост в Остреле открыли в понедельник. Он обошёлся в девять миллионов и заменит паром."),
    "bridge-bg": ("bg", "Новият мост в Острел беше открит в понеделник. Той струва девет милиона и замества ферибота."),
    "school-en": ("en", "Pupils at the village school planted forty apple trees. The mayor brought the spades."),
    "school-ru": ("ru", "Ученики сельской школы посадили сорок яблонь. Лопаты привёз глава района."),
    "school-bg": ("bg", "Учениците от селското училище засадиха четиридесет ябълки. Лопатите донесе кметът."),
}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("bundled")
    for id_, (language, text) in ARTICLES.items():
        (folder / "press").mkdir(exist_ok=True)
        (folder / "press" / f"{id_}.meta.json").write_text(f'{{"id": "{id_}", "language": "{language}"}}')
        (folder / "press" / f"{id_}.txt").write_text(text, encoding="utf-8")
    with Archive.create(folder / "archive") as archive:
        assert archive.index([folder / "press"]).added == len(ARTICLES)
        yield archive


def test_the_stores_agree(press: Archive) -> None:
    assert press.verify().problems == ()


@pytest.mark.parametrize(
    ("question", "topic"),
    [("When was the bridge opened?", "bridge"), ("Кто посадил деревья?", "school"), ("Колко струва мостът?", "bridge")],
)
def test_a_question_in_one_language_finds_the_topic_in_all_three(press: Archive, question: str, topic: str) -> None:
    found = [hit.document.id for hit in press.search(Query(question, k=3))]
    assert sorted(found) == [f"{topic}-bg", f"{topic}-en", f"{topic}-ru"]


def test_indexing_again_loads_no_embedder(press: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the embedder was loaded")

    monkeypatch.setattr("rag.archive.load_embedder", refuse)
    with Archive.open(press.path) as opened:
        assert opened.index([press.path.parent / "press"]).unchanged == len(ARTICLES)


def test_threads_share_the_embedder_and_agree(press: Archive) -> None:
    def ask(_: int) -> list[str]:
        return [hit.document.id for hit in press.search("Who planted trees?")]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(24)))
    assert answers == [answers[0]] * 24


def test_words_are_kept_with_their_sentences(press: Archive) -> None:
    with press._store.snapshot() as snapshot:
        stored = snapshot.load([row[0] for row in snapshot.conn.execute("SELECT id FROM passages")])
    assert len(stored) == len(ARTICLES)
    for one in stored:
        assert len(one.words) == len(one.passage.sentences) == len(one.sentence_vectors)
        assert all(len(codes) > 2 for codes in one.words)
