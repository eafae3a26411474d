"""What happens when a reader does something: thin functions between the page's components and the assistant.

A `Chat` holds what all sessions share and none changes; a conversation is a tuple of turns, kept per session by Gradio.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import gradio as gr

from rag import Archive, Assistant, DocumentMissing, Event, Query, QueryError, Refused, SverkaError
from ui import kept, link, reading, render, words
from ui.examples import Example
from ui.turn import Chronicle, Problem, Rendering, Turn

MAX_QUESTION = 1000  # characters; a question is a sentence or two
MAX_ASKING = 64  # answers worked out at once; a waiting thread costs little, a waiting reader much
MAX_TURNS = 30  # the older ones leave the page, so that a long day's conversation stays quick
_DIGITS = 6  # of a reference's index; Python refuses to read thousands of them

Turns = tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Chat:
    """The event handlers of the page. `models` are those that may be chosen, by the names that readers see.

    `examples` may block until they are worked out.
    """

    archive: Archive
    models: Mapping[str, Assistant]
    examples: Callable[[], Sequence[Example]]
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(MAX_ASKING, "asking"))

    async def ask(self, question: str, turns: Turns, model: str | None, *filters: Any) -> AsyncIterator[tuple[Any, ...]]:
        """Answer the question in the box; yields (question box, thread, pane, turns) at each step."""
        question = " ".join(question.split())[:MAX_QUESTION]
        if not question:
            yield gr.skip(), gr.skip(), gr.skip(), turns
            return
        earlier = tuple(turn.settled() for turn in turns[-(MAX_TURNS - 1) :])
        name = self._chosen(model)
        started = Turn(earlier[-1].number + 1 if earlier else 1, question, model=name if len(self.models) > 1 else None)
        async for turn in self._answer(started, self.models[name], filters, [turn.asked for turn in earlier]):
            now = (*earlier, turn)
            # The box is emptied once: the next question may be written there while the answer comes.
            box = "" if turn.status == "searching" else gr.skip()
            yield box, render.thread(now), reading.sources(turn) if turn.outcome else gr.skip(), now

    async def ask_clicked(
        self, event: gr.EventData, turns: Turns, model: str | None, *filters: Any
    ) -> AsyncIterator[tuple[Any, ...]]:
        """The same for a question that was clicked on, which may name another model than the chosen one."""
        async for _, *rest in self.ask(str(_field(event, "question")), turns, _field(event, "model") or model, *filters):
            yield gr.skip(), *rest

    def _chosen(self, model: object) -> str:
        return model if isinstance(model, str) and model in self.models else next(iter(self.models))

    async def _answer(
        self, turn: Turn, assistant: Assistant, filters: Sequence[Any], history: Sequence[str | tuple[str, str]]
    ) -> AsyncIterator[Turn]:
        try:
            query = _query(turn.question, filters)
            turn = replace(turn, query=query)
            yield turn
            async for event in self._in_threads(assistant.stream(query, history=history)):
                turn, before = turn.after(event), turn
                if turn is not before:
                    yield turn
        except SverkaError as error:
            yield turn.failed(self._problem(error, turn.model))

    def _problem(self, error: SverkaError, model: str | None = None) -> Problem:
        """What a reader is told of an error; where the model is to blame, which others there are."""
        blamed = type(error).__name__ in ("ModelError", "PackageMissing")
        others = tuple(name for name in self.models if name != model) if blamed and model else ()
        return Problem(words.problem(error), str(error), others)

    async def timeline(self, event: gr.EventData, turns: Turns, model: str | None) -> AsyncIterator[tuple[Any, ...]]:
        """Work out the timeline of the turn that was clicked on; yields (thread, turns) before and after."""
        number = _field(event, "turn")
        at = next((i for i, turn in enumerate(turns) if str(turn.number) == str(number) and turn.query), None)
        if at is None:
            yield gr.skip(), turns
            return
        turn = replace(turns[at], chronicle=Chronicle(working=True))
        yield _shown((*turns[:at], turn, *turns[at + 1 :]))
        assistant = self.models[self._chosen(turn.model or model)]
        query = replace(turn.query, text=turn.understood) if turn.query else None
        try:
            timeline = await asyncio.get_running_loop().run_in_executor(self.threads, assistant.timeline, query)
            turn = turn.with_timeline(timeline)
        except SverkaError as error:
            turn = turn.failed(self._problem(error))
        yield _shown((*turns[:at], turn, *turns[at + 1 :]))

    async def translate(self, event: gr.EventData, turns: Turns, model: str | None) -> AsyncIterator[tuple[Any, ...]]:
        """Have the chosen model translate the quotation that was clicked on; yields (thread, pane, turns) before and after."""
        found = _reference(str(_field(event, "ref")), turns)
        if found is None or not turns[found[0]].foreign(found[1]):
            yield gr.skip(), gr.skip(), turns
            return
        at, index = found
        shown = str(_field(event, "shown"))  # in the pane

        def having(made: Rendering) -> tuple[Any, ...]:
            now = (*turns[:at], turns[at].with_rendering(made), *turns[at + 1 :])
            return render.thread(now), self._pane(shown, now) if shown else gr.skip(), now

        assistant = self.models[self._chosen(model)]
        made = Rendering(index, assistant.model or self._chosen(model), assistant.sends_to)
        yield having(made)
        yield having(await self._translated(assistant, turns[at], made))

    async def _translated(self, assistant: Assistant, turn: Turn, made: Rendering) -> Rendering:
        """What the model makes of a quotation, or why that is not shown. Who stops lets the model go."""
        here, stop = turn.references[made.place], threading.Event()

        def translate() -> Rendering:
            citation = assistant.cite(here.doc_id, here.start, here.end)
            if citation.quote != here.quote:
                return replace(made, reason=words.CHANGED)
            result = assistant.translate(citation, turn.language or "", stop=stop)
            if isinstance(result, Refused):
                return replace(made, reason=words.refused_translation(made.model, result.reason))
            return replace(made, text=result.text)

        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, translate)
        except SverkaError as error:
            return replace(made, reason=f"{words.problem(error)}. {error}")
        finally:
            stop.set()

    async def _in_threads(self, events: Iterator[Event]) -> AsyncIterator[Event]:
        """Each event as a thread brings it. Who stops does not wait for the next: it is brought, and dropped."""
        loop = asyncio.get_running_loop()
        while (event := await loop.run_in_executor(self.threads, next, events, None)) is not None:
            yield event

    def stop(self, turns: Turns) -> tuple[str, Turns]:
        """End what is running where it is."""
        return _shown(tuple(turn.settled() for turn in turns))

    def fail(self, turns: Turns) -> tuple[str, Turns]:
        """End what is running after an error in the program itself, which Gradio has logged."""
        return _shown(tuple(turn.failed(Problem(*words.OUR_FAULT)) for turn in turns))

    def clear(self) -> tuple[str, str, Turns]:
        """An empty conversation."""
        return "", self._blank(), ()

    def keep(self, turns: Turns) -> str:
        """The conversation for the reader's browser."""
        return kept.packed(turns)

    def restore(self, text: object) -> tuple[Any, Any, Turns]:
        """The conversation that the reader's browser has kept: (thread, pane, turns)."""
        turns = kept.unpacked(text)
        pane = reading.sources(turns[-1]) if turns and turns[-1].references else gr.skip()
        return render.thread(turns) if turns else gr.skip(), pane, turns

    def chosen(self, model: str | None) -> str:
        """What the page must know of the chosen model."""
        assistant = self.models[self._chosen(model)]
        return render.chosen(assistant.model, assistant.sends_to)

    def open(self, event: gr.EventData, turns: Turns) -> str:
        """The reading pane for the reference that was clicked on, `turn:index` or `turn:all`."""
        return self._pane(str(_field(event, "ref")), turns)

    def _pane(self, ref: str, turns: Turns) -> str:
        number, _, place = ref.partition(":")
        turn = next((turn for turn in turns if str(turn.number) == number), None)
        if turn is not None and place == "all":
            return reading.sources(turn)
        found = _reference(ref, turns)
        if found is None:
            return reading.lost(None, 0)
        turn, index = turns[found[0]], found[1]
        try:
            document = self.archive.read(turn.references[index].doc_id)
        except DocumentMissing:
            return reading.lost(turn, index)
        except SverkaError as error:
            return reading.unreadable(self._problem(error))
        return reading.document(document, turns, turn, index)

    def earlier(self, text: object) -> str:
        """The conversations that the reader's browser says it has kept."""
        return render.earlier(kept.listed(text))

    def load(self, request: gr.Request) -> tuple[Any, ...]:
        """What the archive holds now, and the filters and the model that the link sets.

        (masthead, welcome, pane, amiss, model, chosen, languages, outlets, since, until)
        """
        try:
            stats = self.archive.stats()
        except SverkaError as error:
            problem = self._problem(error)
            return render.masthead(None), render.unreadable(problem), reading.unreadable(problem), *[gr.skip()] * 7
        languages = {code: f"{words.language(code)} ({n:,})" for code, n in stats.languages.items() if code}
        outlets = {name: f"{name} ({n:,})" for name, n in stats.outlets.items() if name}
        asked = link.read(request.query_params, {"model": self.models, "language": languages, "outlet": outlets})
        return (
            render.masthead(stats),
            render.welcome(stats),
            reading.blank(stats),
            render.amiss(asked.unknown),
            gr.update(value=self._chosen(asked.model)),
            self.chosen(asked.model),
            _choice(languages, asked.languages),
            _choice(outlets, asked.outlets),
            gr.update(value=asked.since),
            gr.update(value=asked.until),
        )

    def _blank(self) -> str:
        try:
            return reading.blank(self.archive.stats())
        except SverkaError as error:
            return reading.unreadable(self._problem(error))

    def suggest(self) -> str:
        """The example questions, once they are worked out."""
        return render.suggestions(self.examples())


def _shown(turns: Turns) -> tuple[str, Turns]:
    return render.thread(turns), turns


def in_effect(*filters: Any) -> tuple[Any, Any]:
    """The label of the filters, which names those that are set, and whether they can be cleared."""
    try:
        parts = words.scope(_query("any", filters))
    except QueryError as error:
        return gr.update(label=f"Filters: {error}"), gr.update(visible=True)
    label = f"Filters: {', '.join(parts)}" if parts else "Filters"
    return gr.update(label=label), gr.update(visible=bool(parts))


def no_filters() -> tuple[Any, ...]:
    """All filters cleared."""
    return [], [], None, None


def _query(question: str, filters: Sequence[Any]) -> Query:
    languages, outlets, since, until = filters
    return Query(
        question,
        languages=tuple(languages or ()),
        outlets=tuple(outlets or ()),
        since=_day("from", since),
        until=_day("to", until),
    )


def _day(name: str, value: str | None) -> date | None:
    if not value or not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise QueryError(f"The date in “{name}” is {value!r}. Write it as YYYY-MM-DD.") from None


def _choice(names: Mapping[str, str], chosen: Sequence[str]) -> Any:
    """A component that offers values by their names, and has some of them chosen."""
    return gr.update(choices=[(name, value) for value, name in names.items()], value=list(chosen))


def _reference(ref: str, turns: Turns) -> tuple[int, int] | None:
    """Where a reference `turn:index` is: the place of its turn, and its index; None where there is none."""
    number, _, place = ref.partition(":")
    index = int(place) if place.isdecimal() and len(place) < _DIGITS else None
    at = next((i for i, turn in enumerate(turns) if str(turn.number) == number), None)
    return None if at is None or index is None or index >= len(turns[at].references) else (at, index)


def _field(event: gr.EventData, name: str) -> Any:
    """A value that the page sent with an event; an empty one where it sent something else, which a program may."""
    data = event._data
    return data.get(name, "") if isinstance(data, dict) else ""
