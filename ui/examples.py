"""Example questions that the archive at hand really answers: of a fixed few, or made of its headlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

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


# For a language of which none is answered: what the headlines of the archive at hand are about.
ABOUT = {"en": "What is known about this: {}?", "bg": "Какво се знае за това: {}?", "ru": "Что известно об этом: {}?"}
_TITLE = range(15, 100)  # characters of a headline that makes a question
_TRIED = 3  # headlines of a language
_PASSAGES = 40  # looked at for them; one long document may have many


def answered(assistant: Assistant, candidates: tuple[Example, ...] = CANDIDATES) -> tuple[Example, ...]:
    """An example of each language that the archive answers: the first of the candidates, else one made of a headline.

    Asking them also warms the embedder. Empty where the archive cannot be asked: the page then says why at the reader's own first
    question.
    """
    found: dict[str, Example] = {}
    try:
        for example in chain(candidates, _from_headlines(assistant, found)):
            if example.language not in found and assistant.ask(Query(example.question)).claims:
                found[example.language] = example
    except SverkaError:
        return ()
    return tuple(found.values())


def _from_headlines(assistant: Assistant, found: Mapping[str, Example]) -> Iterator[Example]:
    for code, about in ABOUT.items():
        if code not in found:
            hits = assistant.archive.search(Query(about.format(""), k=_PASSAGES, languages=(code,), mode="dense"))
            titles = dict.fromkeys(hit.document.title for hit in hits if hit.document.title)
            fitting = [title for title in titles if len(title) in _TITLE]
            yield from (Example(code, about.format(title.rstrip(".?! "))) for title in fitting[:_TRIED])
