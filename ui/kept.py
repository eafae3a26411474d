"""A conversation as text that the reader's browser keeps, and back. What comes back is checked: a browser may hold anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from rag import QueryError
from ui.turn import Turn

_TURNS = TypeAdapter(tuple[Turn, ...])
_MAX_CHARACTERS = 3_000_000  # a browser keeps some five million for a page


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation that the browser has: its name there, its first question, how many it has, and the day of its last."""

    id: str
    question: str
    count: int
    day: date


_LIST = TypeAdapter(tuple[Kept, ...])


def listed(text: object) -> tuple[Kept, ...]:
    """The conversations that a browser says it has, in JSON; none where it says something else."""
    try:
        return _LIST.validate_json(text) if isinstance(text, str) else ()
    except ValidationError:
        return ()


def packed(turns: tuple[Turn, ...]) -> str:
    """The conversation as JSON; where it is too long for a browser, without its oldest questions."""
    text = _TURNS.dump_json(tuple(turn.settled() for turn in turns)).decode()
    return text if len(text) <= _MAX_CHARACTERS else packed(turns[1:])


def unpacked(text: object) -> tuple[Turn, ...]:
    """The conversation that `packed` made the text of; an empty one where it is of another version, or no such text."""
    if not isinstance(text, str) or not text:
        return ()
    try:
        turns = _TURNS.validate_json(text)
    except (ValidationError, QueryError):
        return ()
    return turns if all(_sound(turn) for turn in turns) else ()


def _sound(turn: Turn) -> bool:
    """Whether everything in a turn points at a reference that is there, and no answer lacks what it is shown with."""
    places = [place for said in turn.statements for place in said.places]
    places += [place for difference in turn.differences for side in difference.sides for place in side.places]
    places += [moment.place for moment in turn.chronicle.moments] if turn.chronicle else []
    places += [made.place for made in turn.renderings]
    whole = all(said.places for said in turn.statements) and all(s.places for d in turn.differences for s in d.sides)
    return (
        whole
        and all(0 <= place < len(turn.references) for place in places)
        and (turn.status != "done" or turn.outcome is not None)
    )
