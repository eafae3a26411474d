"""Example questions: those of a fixed few that the archive at hand really answers."""

from __future__ import annotations

from dataclasses import dataclass

from rag import Assistant, Query, SverkaError


@dataclass(frozen=True, slots=True)
class Example:
    """A question and its language."""

    language: str
    question: str


# In the order in which they are tried: the first of each language that is answered is shown.
CANDIDATES = (
    Example("en", "How many workers will lose their jobs at the turbine factory in Kolvar?"),
    Example("en", "How long did the official talks between Putin and Kim in Beijing last?"),
    Example("bg", "Колко души са пострадали при падането на моста в Тъмнар?"),
    Example("bg", "Какво занесе Медведев на севернокорейския лидер?"),
    Example("ru", "О чём договорились Путин и Ким Чен Ын по телефону в августе 2025 года?"),
)


def answered(assistant: Assistant, candidates: tuple[Example, ...] = CANDIDATES) -> tuple[Example, ...]:
    """The first candidate of each language that the archive answers. Asking them also warms the embedder.

    Empty where the archive cannot be asked: the page then says why at the reader's own first question.
    """
    found: dict[str, Example] = {}
    try:
        for example in candidates:
            if example.language not in found and assistant.ask(Query(example.question)).claims:
                found[example.language] = example
    except SverkaError:
        return ()
    return tuple(found.values())
