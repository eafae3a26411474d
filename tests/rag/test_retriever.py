"""The LangChain retriever, and the example that puts it into a chain."""

from __future__ import annotations

import asyncio
import runpy
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnablePassthrough

from rag.archive import Archive
from rag.errors import QueryError
from rag.retriever import ArchiveRetriever
from rag.types import Query

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "langchain_chain.py"


@pytest.fixture
def press(archive: Archive, records: Callable[..., Path]) -> Archive:
    archive.index(
        [
            records(
                {
                    "id": "bridge",
                    "text": "Earlier words. The bridge was opened in May.",
                    "title": "Bridge",
                    "outlet": "Herald",
                    "published": "2025-05-04",
                    "language": "en",
                    "url": "https://example.org/1",
                },
                {"id": "ferry", "text": "The ferry stopped when the bridge was opened.", "language": "en"},
                {"id": "мост", "text": "Мост открыли в мае.", "language": "ru"},
            )
        ]
    )
    return archive


def test_documents_are_passages_with_their_place_and_origin(press: Archive) -> None:
    retriever = ArchiveRetriever(press, k=2)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("the bridge opened in May")
    assert len(found) == 2
    (bridge,) = [document for document in found if document.metadata["doc_id"] == "bridge"]
    source = press.read("bridge")
    score = bridge.metadata.pop("score")
    assert isinstance(score, float)
    assert bridge.page_content == source.text[bridge.metadata["start"] : bridge.metadata["end"]]
    assert bridge.metadata == {
        "doc_id": "bridge",
        "start": 0,
        "end": len(source.text),
        "outlet": "Herald",
        "published": "2025-05-04",
        "language": "en",
        "url": "https://example.org/1",
        "title": "Bridge",
        "source": source.source,
    }
    (ferry,) = [document for document in found if document.metadata["doc_id"] == "ferry"]
    assert ferry.metadata["outlet"] is ferry.metadata["published"] is ferry.metadata["url"] is None


def test_it_finds_what_the_archive_finds_in_the_same_order(press: Archive) -> None:
    expected = [(hit.document.id, hit.passage.start) for hit in press.search(Query("bridge", k=3))]
    found = ArchiveRetriever(press, k=3).invoke("bridge")
    assert [(document.metadata["doc_id"], document.metadata["start"]) for document in found] == expected


def test_async_finds_the_same_and_many_at_once(press: Archive) -> None:
    retriever = ArchiveRetriever(press)

    async def ask() -> list[Any]:
        return await asyncio.gather(*(retriever.ainvoke("the bridge opened in May") for _ in range(8)))

    expected = retriever.invoke("the bridge opened in May")
    assert asyncio.run(ask()) == [expected] * 8


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({"languages": ("ru",)}, {"мост"}),
        ({"outlets": ("Herald",)}, {"bridge"}),
        ({"since": date(2025, 5, 4), "until": date(2025, 5, 4)}, {"bridge"}),
        ({"since": date(2026, 1, 1)}, set()),
        ({"mode": "lexical", "languages": ("en",)}, {"bridge", "ferry"}),
    ],
)
def test_its_fields_are_the_filters_of_a_query(press: Archive, fields: dict[str, Any], ids: set[str]) -> None:
    found = ArchiveRetriever(press, **fields).invoke("bridge мост")
    assert {document.metadata["doc_id"] for document in found} == ids


def test_a_malformed_query_is_refused(press: Archive) -> None:
    with pytest.raises(QueryError):
        ArchiveRetriever(press).invoke("  ")
    with pytest.raises(QueryError):
        asyncio.run(ArchiveRetriever(press, k=0).ainvoke("bridge"))


def test_it_stands_in_a_chain_of_somebody_elses(press: Archive) -> None:
    model = FakeListChatModel(responses=["In May [1]."])
    prompt = ChatPromptTemplate.from_template("{passages}\n\n{question}")
    chain = {"passages": ArchiveRetriever(press, k=1), "question": RunnablePassthrough()} | prompt | model | StrOutputParser()
    assert chain.invoke("When was the bridge opened?") == "In May [1]."
    assert chain.batch(["When?", "Where?"]) == ["In May [1]."] * 2


def test_the_example_gives_the_model_numbered_passages_and_the_question(press: Archive) -> None:
    example = runpy.run_path(str(EXAMPLE))
    seen: list[str] = []

    def model(prompt: Any) -> Any:
        seen.append(prompt.to_string())
        return example["show_prompt"](prompt)

    from langchain_core.runnables import RunnableLambda

    chain = example["build_chain"](ArchiveRetriever(press, k=2), RunnableLambda(model))
    chain.invoke("When was the bridge opened?")
    assert "[1] " in seen[0]
    assert "Herald, 2025-05-04, bridge 0-" in seen[0]
    assert "outlet unknown, undated, ferry" in seen[0]
    assert seen[0].endswith("When was the bridge opened?")


def test_the_example_runs_as_it_stands(press: Archive) -> None:
    press.close()
    run = (
        "import sys, runpy; sys.path[:0] = [sys.argv[3], sys.argv[4]]; import fake_embedder, rag.archive\n"
        "rag.archive.load_embedder = fake_embedder.load\n"
        "sys.argv = sys.argv[2:3] + [sys.argv[1], 'When was the bridge opened?']\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, str(press.path), str(EXAMPLE), str(ROOT), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "When was the bridge opened?" in done.stdout
    assert "bridge 0-" in done.stdout


def test_quotation_marks_and_dashes_in_a_question_are_no_operators(press: Archive) -> None:
    retriever = ArchiveRetriever(press, k=3)
    plain = [d.metadata["doc_id"] for d in retriever.invoke("Who said the bridge was opened in May?")]
    assert plain
    assert [d.metadata["doc_id"] for d in retriever.invoke('Who said "the bridge" was opened in May?')] == plain
    assert retriever.invoke("-bridge opened in May")
