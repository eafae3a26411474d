"""The yardstick: what a person would write first, with langchain, langchain-chroma and sentence-transformers.

    python -m eval.plain index DIR STORE FILE  embed the `text` of JSON lines, batch 32, into a Chroma collection
    python -m eval.plain ask DIR STORE WORDS   the passage nearest to a question

DIR is a sentence-transformers folder. Each command prints one JSON object with its own timings. Nothing in Sverka uses this.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

BATCH = 32


def open_store(model: Path, store: Path) -> Any:
    """The Chroma collection behind LangChain's vector store, its embeddings made by sentence-transformers."""
    from langchain_chroma import Chroma
    from langchain_core.embeddings import Embeddings
    from sentence_transformers import SentenceTransformer

    class Plain(Embeddings):
        def __init__(self) -> None:
            self.model = SentenceTransformer(str(model), device="cpu", local_files_only=True)

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors = self.model.encode(texts, prompt_name="passage", batch_size=BATCH, show_progress_bar=False)
            return list(vectors.tolist())

        def embed_query(self, text: str) -> list[float]:
            return list(self.model.encode(text, prompt_name="query", show_progress_bar=False).tolist())

    return Chroma("plain", embedding_function=Plain(), persist_directory=str(store))


def index(model: Path, store: Path, file: Path) -> dict[str, float]:
    """Passages and characters a second, from texts in memory to a written store; loading the model is not counted."""
    texts = [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()]
    chroma = open_store(model, store)
    chroma.embeddings.embed_documents(texts[:1])
    start, busy = time.perf_counter(), time.process_time()
    for first in range(0, len(texts), BATCH):
        chroma.add_texts(texts[first : first + BATCH])
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return {"passages": len(texts), "characters": sum(map(len, texts)), "seconds": seconds, "cpu_seconds": busy}


def ask(model: Path, store: Path, question: str) -> dict[str, Any]:
    chroma = open_store(model, store)
    start = time.perf_counter()
    found = chroma.similarity_search(question, k=4)
    return {"query_seconds": time.perf_counter() - start, "first": found[0].page_content[:80] if found else None}


def main(argv: Sequence[str]) -> int:
    match list(argv):
        case ["index", model, store, file]:
            result: dict[str, Any] = index(Path(model), Path(store), Path(file))
        case ["ask", model, store, *words] if words:
            result = ask(Path(model), Path(store), " ".join(words))
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    print(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
