"""A LangChain chain of somebody else's, with Sverka as its retriever.

    python docs/examples/langchain_chain.py ARCHIVE "When was the bridge opened?"

The chat model here only shows what it was asked, so that the example runs without a key and without a network: put your own
in its place, such as `ChatOllama(model="…")` from langchain-ollama.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import BaseMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from rag import Archive, ArchiveRetriever

PROMPT = ChatPromptTemplate.from_messages(
    [
        ("system", "Answer from these passages only, and name the one you used by its number.\n\n{passages}"),
        ("human", "{question}"),
    ]
)


def numbered(passages: Sequence[Document]) -> str:
    """The passages as the model reads them, each with its number, outlet, date and place in its document."""
    return "\n\n".join(
        f"[{number}] {p.metadata['outlet'] or 'outlet unknown'}, {p.metadata['published'] or 'undated'}, "
        f"{p.metadata['doc_id']} {p.metadata['start']}-{p.metadata['end']}\n{p.page_content}"
        for number, p in enumerate(passages, start=1)
    )


def build_chain(retriever: ArchiveRetriever, model: Runnable[object, BaseMessage] | BaseChatModel) -> Runnable[str, str]:
    """question -> passages -> prompt -> model -> text"""
    return {"passages": retriever | numbered, "question": RunnablePassthrough()} | PROMPT | model | StrOutputParser()


def show_prompt(prompt: object) -> BaseMessage:
    """A stand-in for a chat model: says what it would have been asked."""
    from langchain_core.messages import AIMessage

    return AIMessage(f"A model would now be asked:\n\n{prompt.to_string()}")  # type: ignore[attr-defined]


def main(directory: str, question: str) -> None:
    with Archive.open(directory) as archive:
        print(build_chain(ArchiveRetriever(archive, k=3), RunnableLambda(show_prompt)).invoke(question))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
