"""ArchiveRetriever: the archive's search as a LangChain retriever, for chains of one's own."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from rag.archive import Archive
from rag.types import Hit, Mode, Query


class ArchiveRetriever(BaseRetriever):
    """Finds passages of an open archive: `ArchiveRetriever(archive, k=5, languages=("ru",)).invoke("…")`.

    Each Document's `page_content` is a passage, exactly as it stands in its source, and its metadata say where:
    doc_id, start, end (offsets in code points of the document's text), outlet, published (ISO 8601), language, url,
    title, source, score. What is not known is None. The other fields are those of `rag.Query`; both `invoke` and
    `ainvoke` raise QueryError where one is malformed.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    archive: Archive
    k: int = 10
    languages: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    mode: Mode = "hybrid"

    def __init__(self, archive: Archive, **values: Any) -> None:
        super().__init__(**{"archive": archive, **values})

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return self._find(query)

    async def _aget_relevant_documents(self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun) -> list[Document]:
        return await asyncio.to_thread(self._find, query)

    def _find(self, text: str) -> list[Document]:
        query = Query(
            text,
            k=self.k,
            languages=self.languages,
            outlets=self.outlets,
            since=self.since,
            until=self.until,
            mode=self.mode,
        )
        return [_document(hit) for hit in self.archive.retrieve(query).hits]


def _document(hit: Hit) -> Document:
    document, passage = hit.document, hit.passage
    return Document(
        page_content=hit.text,
        metadata={
            "doc_id": document.id,
            "start": passage.start,
            "end": passage.end,
            "outlet": document.outlet,
            "published": None if document.published is None else document.published.isoformat(),
            "language": document.language,
            "url": document.url,
            "title": document.title,
            "source": document.source,
            "score": hit.score,
        },
    )
