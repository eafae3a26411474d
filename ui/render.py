"""A conversation as HTML: pure functions from turns to escaped markup.

Buttons say what they do in data attributes, which `sverka.js` acts on: `data-ref` opens a reference (turn:index) in the
reading pane, `data-ask` asks a question (of the model `data-model`, where that is given), `data-timeline` works out a turn's
timeline, `data-translate` has a quotation translated, `data-edit` puts a question back into its box, `data-copy` copies text,
`data-save` saves it as a file, `data-resume` opens an earlier conversation and `data-forget` deletes those.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag import ArchiveStats, Derived
from ui import export, record, timeline, words
from ui.examples import Example
from ui.kept import Kept
from ui.markup import esc, isolated
from ui.quoted import reference_button, source_button, source_line, translation
from ui.turn import Problem, Statement, Turn

_LONG = 200  # characters of a question, from which it is no headline
_UNKNOWN_SHOWN = 5  # of what a link asks for in vain; anybody may write a link
_VALUE_SHOWN = 60  # characters
_INDEX = "<pre><code>sverka index FOLDER</code></pre>"


def thread(turns: Sequence[Turn]) -> str:
    """The whole conversation, oldest question first."""
    return "".join(_turn(turn) for turn in turns)


def masthead(stats: ArchiveStats | None) -> str:
    """The head of the page: the name, and what the archive holds once that is known."""
    holds = ""
    if stats is not None:
        parts = [words.counted(stats.documents, "document")]
        parts += [words.listed([words.language(code) for code in stats.languages if code])] if any(stats.languages) else []
        days = words.span_of_days(stats.since, stats.until)
        parts += [days] if days else []
        holds = " ".join(f"<span>{esc(part)}</span>" for part in parts)
    return f'<header class="masthead"><h1 class="name">Sverka</h1><p class="holds">{holds}</p></header>'


def welcome(stats: ArchiveStats) -> str:
    """What a reader sees before the first question."""
    if not stats.documents:
        title, advice = words.NO_ANSWER["empty_archive"]
        return f'<section class="welcome"><h2>{title}</h2><p>{advice}</p>{_INDEX}</section>'
    return (
        '<section class="welcome"><h2>Ask the archive</h2><p>Every sentence of an answer rests on a quotation, and opens it in '
        "its document. Where the archive has no answer, it says so.</p></section>"
    )


def unreadable(problem: Problem) -> str:
    """What a reader sees instead where the archive cannot be opened."""
    return f'<section class="welcome"><h2>{esc(problem.title)}</h2><p>{esc(problem.message)}</p></section>'


def suggestions(examples: Sequence[Example]) -> str:
    """Example questions, each a button that asks it."""
    items = "".join(
        f'<li><button type="button" data-ask="{esc(example.question)}"><span class="kicker">'
        f"{esc(words.language(example.language))}</span> {isolated(example.question, 'span', lang=example.language)}"
        "</button></li>"
        for example in examples
    )
    return f'<h2 class="kicker">For example</h2><ul class="examples">{items}</ul>' if items else ""


def chosen(model: str | None, host: str | None) -> str:
    """What the page must know of the chosen model, in sight before anything is asked: the mark of one on another machine.

    The element is there where a model can write, and so translate; it is empty for one on this machine.
    """
    mark = f'<p class="sends">This model {esc(words.sends(host))}</p>' if host else ""
    return f'<div data-writer="{esc(host or "")}">{mark}</div>' if model else mark


def amiss(unknown: Sequence[tuple[str, str]]) -> str:
    """What the page's link asks for that is not here: (kind, value)."""
    if not unknown:
        return ""
    named = words.listed([f"the {kind} {isolated(_short(value), 'q')}" for kind, value in unknown[:_UNKNOWN_SHOWN]])
    return f'<p class="amiss" role="status">The link names what is not here: {named}. It was opened without.</p>'


def _short(value: str) -> str:
    return value if len(value) <= _VALUE_SHOWN else value[: _VALUE_SHOWN - 1] + "…"


def earlier(conversations: Sequence[Kept]) -> str:
    """The conversations that the reader's browser has kept, each a button that opens it again."""
    items = "".join(
        f'<li><button type="button" data-resume="{esc(kept.id)}"><span class="kicker">{esc(words.short_day(kept.day))}</span> '
        f"<span>{isolated(kept.question)}{_more(kept.count)}</span></button></li>"
        for kept in conversations
    )
    forget = '<button type="button" class="quiet" data-forget>Forget them</button>'
    return f'<h2 class="kicker">Earlier, in this browser {forget}</h2><ul class="examples">{items}</ul>' if items else ""


def _more(count: int) -> str:
    return f" <small>and {words.counted(count - 1, 'more question')}</small>" if count > 1 else ""


def _turn(turn: Turn) -> str:
    name = f"turn-{turn.number}"
    cls = "question long" if len(turn.question) > _LONG else "question"
    question = isolated(turn.question, "h2", id=f"{name}-q", cls=cls, lang=turn.language)
    return (
        f'<article class="turn" id="{name}" aria-labelledby="{name}-q" aria-busy="{str(turn.working).lower()}">'
        f'{question}{_understood(turn)}{_scope(turn)}<div class="answer">{_state(turn)}</div></article>'
    )


def _understood(turn: Turn) -> str:
    """A follow-up's full question, where it was taken for another than the words that were typed."""
    if turn.understood == turn.question:
        return ""
    return f'<p class="understood">Understood as: {isolated(turn.understood, "q", lang=turn.language)}</p>'


def _scope(turn: Turn) -> str:
    """What the answer is limited to: the filters, the day whose knowledge is given, the model that was chosen."""
    parts = list(words.scope(turn.query)) if turn.query else []
    if turn.outcome and turn.outcome.as_of:
        parts.append(f"as known on {words.dated(turn.outcome.as_of)}")
    if turn.model:
        parts.append(turn.model)
    chosen = "".join(f"<li>{isolated(part)}</li>" for part in parts)
    return f'<ul class="scope" aria-label="Asked of">{chosen}</ul>' if parts else ""


def _state(turn: Turn) -> str:
    said = "".join(_claim(turn, i, statement) for i, statement in enumerate(turn.statements))
    if turn.status == "failed":
        return said + _failed(turn) + _actions(turn)
    if turn.status == "stopped":
        below = "What is above was found before that." if turn.statements else "Nothing had been found before that."
        return f'{said}<div class="notice"><h3>Stopped</h3><p>{below}</p></div>{_actions(turn)}'
    if turn.outcome is None:
        doing = "Searching the archive" if turn.status == "searching" else "Reading the sources"
        return f'{said}<p class="searching" role="status">{doing}</p>'
    if turn.outcome.fallback:
        said = f'<div class="notice"><h3>Answered by quotation alone</h3><p>{esc(turn.outcome.fallback)}</p></div>{said}'
    if turn.outcome.cut_short:
        said += f'<div class="notice"><h3>The model’s answer ends early</h3><p>{esc(turn.outcome.cut_short)}</p></div>'
    if turn.outcome.abstention:
        said = _abstention(turn, turn.outcome.abstention)
    return said + record.differences(turn) + record.record(turn) + timeline.section(turn) + _actions(turn)


def _claim(turn: Turn, number: int, said: Statement) -> str:
    first = turn.references[said.places[0]]
    buttons = "".join(reference_button(turn, place, f"c{number}") for place in said.places)
    says = isolated(said.text, "q" if said.quoted else "span", lang=first.language if said.quoted else turn.language)
    whose = f"<li>According to {isolated(said.attribution)}</li>" if said.attribution else ""
    how_many = f'<li title="Copies of one text count as one source">{words.support(said.support)}</li>' if said.support else ""
    derived = "".join(_derived(value, first.language, turn.language) for value in said.derived)
    about = f'<ul class="about">{whose}{derived}{how_many}</ul>' if whose or how_many or derived else ""
    sources = "".join(
        f'<li><span class="number">{esc(turn.references[place].label)}</span> '
        f'<span class="source">{source_line(turn.references[place], turn.language)}</span></li>'
        for place in said.places
    )
    return (
        f'<div class="claim" id="turn-{turn.number}-claim-{number}" tabindex="-1"><p class="says">{says}{buttons}</p>'
        f'<ul class="sources-of">{sources}</ul>{about}{translation(turn, said.places[0]) if said.quoted else ""}</div>'
    )


def _derived(value: Derived, quoted_in: str | None, read_in: str | None) -> str:
    """A value of the quotation as the reader writes it, marked as ours; nothing where both write it alike."""
    if value.text == value.said:
        return ""
    how = "Worked out from the day of the report" if value.resolved else "Converted by rule"
    said = isolated(value.said, "b", lang=read_in, cls="derived", title=f"{how}, not quoted")
    return f"<li>{isolated(value.text, 'q', lang=quoted_in)} = {said} <small>derived</small></li>"


def _failed(turn: Turn) -> str:
    problem = turn.problem or Problem(*words.OUR_FAULT)
    others = "".join(
        f'<li><button type="button" class="quiet" data-ask="{esc(turn.question)}" data-model="{esc(name)}">'
        f"Try {isolated(name)} instead</button></li>"
        for name in problem.others
    )
    instead = f'<ul class="others">{others}</ul>' if others else ""
    return f'<div class="notice error" role="alert"><h3>{esc(problem.title)}</h3><p>{esc(problem.message)}</p>{instead}</div>'


def _abstention(turn: Turn, reason: str) -> str:
    title, advice = words.NO_ANSWER[reason]
    action = ""
    if reason == "nothing_in_scope":
        action = '<button type="button" class="quiet" data-clear>Clear the filters</button>'
    elif reason == "empty_archive":
        action = _INDEX
    near = "".join(f"<li>{source_button(turn, i, quoted=True)}{translation(turn, i)}</li>" for i, _ in turn.of_kind("near"))
    closest = f'<section class="near"><h3>Closest sentences found, not an answer</h3><ol>{near}</ol></section>' if near else ""
    return f'<div class="notice {reason}"><h3>{title}</h3><p>{advice}</p>{action}</div>{closest}'


def _actions(turn: Turn) -> str:
    question = esc(turn.question)
    parts = []
    if turn.of_kind("cited"):
        parts.append(f'<button type="button" class="only-narrow" data-ref="{turn.number}:all">Sources</button>')
    if turn.statements:
        name = esc(export.file_name(turn))
        parts.append(f'<button type="button" data-copy="{esc(export.plain(turn))}">Copy with sources</button>')
        parts.append(f'<button type="button" data-save="{esc(export.markdown(turn))}" data-name="{name}">Save</button>')
    parts.append(f'<button type="button" data-ask="{question}">Ask again</button>')
    parts.append(f'<button type="button" data-edit="{question}">Edit</button>')
    return f'<p class="actions">{"".join(parts)}</p>'
