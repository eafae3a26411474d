"""A conversation as HTML: pure functions from turns to escaped markup.

Buttons say what they do in data attributes, which `sverka.js` acts on: `data-ref` opens a reference (turn:index) in the
reading pane, `data-ask` asks a question, `data-edit` puts it back into the question box, `data-copy` copies text.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag import ArchiveStats, Claim, Conflict, Side
from ui import words
from ui.examples import Example
from ui.markup import esc, isolated
from ui.turn import Reference, Turn

_RELATION = {
    "contradiction": "The sources contradict one another",
    "update": "Later reports differ from earlier ones",
    "approximation": "One source is more exact than another",
    "scope": "The sources count different things",
}
_INDEX = "<pre><code>sverka index FOLDER</code></pre>"
_ABOUT = {"number": "figure", "date": "date", "polarity": "statement", "actor": "who it was", "attribution": "who says so"}


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
        '<section class="welcome"><h2>Ask the archive</h2><p>Every sentence of an answer is quoted from a document, '
        "and opens it at that place. Where the archive has no answer, it says so.</p></section>"
    )


def suggestions(examples: Sequence[Example]) -> str:
    """Example questions, each a button that asks it."""
    items = "".join(
        f'<li><button type="button" data-ask="{esc(example.question)}"><span class="kicker">'
        f"{esc(words.language(example.language))}</span> {isolated(example.question, 'span', lang=example.language)}"
        "</button></li>"
        for example in examples
    )
    return f'<h2 class="kicker">For example</h2><ul class="examples">{items}</ul>' if items else ""


def reference_button(turn: Turn, index: int) -> str:
    """The number of a citation: a button that opens it, with the quotation shown on hover and focus."""
    reference = turn.references[index]
    card = f"t{turn.number}r{index}"
    return (
        f'<span class="ref"><button type="button" class="cite" data-ref="{turn.number}:{index}" aria-describedby="{card}" '
        f'aria-label="Source {esc(reference.label)}: {esc(reference.outlet or words.OUTLET_UNKNOWN)}">'
        f"{esc(reference.label)}</button>"
        f'<span class="card" role="tooltip" id="{card}">{quotation(reference, turn.language)}</span></span>'
    )


def quotation(reference: Reference, question_language: str | None) -> str:
    """A quotation with where it stands: outlet, date, and the language where it is not the question's."""
    return (
        f"{isolated(reference.quote, 'q', lang=reference.language)}"
        f'<span class="source">{source_line(reference, question_language)}</span>'
    )


def source_line(reference: Reference, question_language: str | None) -> str:
    """Outlet, date and language of a reference on one line. A language that is not the question's stands out."""
    outlet = isolated(reference.outlet) if reference.outlet else esc(words.OUTLET_UNKNOWN)
    foreign = ' class="foreign"' if reference.language != question_language else ""
    return (
        f"<b>{outlet}</b> <span>{esc(words.dated(reference.published))}</span> "
        f"<span{foreign}>{esc(words.language(reference.language))}</span>"
    )


def _turn(turn: Turn) -> str:
    name = f"turn-{turn.number}"
    filters = words.scope(turn.query) if turn.query else ()
    chosen = "".join(f"<li>{isolated(part)}</li>" for part in filters)
    scope = f'<ul class="scope" aria-label="Only searched">{chosen}</ul>' if filters else ""
    question = isolated(turn.question, "h2", id=f"{name}-q", cls="question", lang=turn.language)
    return (
        f'<article class="turn" id="{name}" aria-labelledby="{name}-q" aria-busy="{str(turn.running).lower()}">'
        f'{question}{scope}<div class="answer">{_state(turn)}</div></article>'
    )


def _state(turn: Turn) -> str:
    claims = "".join(_claim(turn, i, claim) for i, claim in enumerate(turn.claims))
    if turn.status == "failed":
        return f'{claims}<div class="notice error"><h3>This did not work</h3><p>{esc(turn.error or "")}</p></div>{_actions(turn)}'
    if turn.status == "stopped":
        return f'{claims}<div class="notice"><h3>Stopped</h3><p>What is above was found before that.</p></div>{_actions(turn)}'
    if turn.answer is None:
        return f'{claims}<p class="searching" role="status">Searching the archive</p>'
    if turn.answer.abstention:
        return _abstention(turn) + _refused(turn) + _consulted(turn) + _actions(turn)
    conflicts = "".join(_conflict(turn, conflict) for conflict in turn.answer.conflicts)
    return claims + conflicts + _standing(turn) + _refused(turn) + _consulted(turn) + _actions(turn)


def _claim(turn: Turn, number: int, claim: Claim) -> str:
    places = list(dict.fromkeys(turn.place(citation) for citation in claim.citations))
    buttons = "".join(reference_button(turn, place) for place in places)
    quoted = claim.text == claim.citations[0].quote
    language = claim.citations[0].language if quoted else turn.language
    says = isolated(claim.text, "q" if quoted else "span", lang=language)
    whose = f'<p class="attribution">According to {isolated(claim.attribution)}</p>' if claim.attribution else ""
    sources = "".join(
        f'<li><span class="number">{esc(turn.references[place].label)}</span> '
        f"{source_line(turn.references[place], turn.language)}</li>"
        for place in places
    )
    return (
        f'<div class="claim" id="turn-{turn.number}-claim-{number}" tabindex="-1"><p class="says">{says}{buttons}</p>{whose}'
        f'<ul class="sources-of">{sources}</ul></div>'
    )


def _conflict(turn: Turn, conflict: Conflict) -> str:
    def row(side: Side) -> str:
        outlets = words.listed(list(dict.fromkeys(c.outlet or words.OUTLET_UNKNOWN for c in side.citations)))
        buttons = "".join(reference_button(turn, turn.place(citation)) for citation in side.citations)
        scope = f" <small>{esc(side.scope)}</small>" if side.scope else ""
        return f'<tr><th scope="row">{isolated(outlets)}</th><td>{isolated(side.value)}{scope}{buttons}</td></tr>'

    rows = "".join(row(side) for side in conflict.sides)
    return (
        f'<table class="conflict"><caption>{_RELATION[conflict.relation]} ({_ABOUT[conflict.about]})</caption>'
        f'<thead><tr><th scope="col">Outlet</th><th scope="col">Says</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _standing(turn: Turn) -> str:
    """How much the answer can be trusted, and on how much it rests."""
    assert turn.answer is not None
    cited = [reference for _, reference in turn.of_kind("cited")]
    documents = words.counted(len({r.doc_id for r in cited}), "document")
    outlets = {r.outlet for r in cited if r.outlet}
    rests = documents + (f" from {words.counted(len(outlets), 'outlet')}" if outlets else "")
    return (
        f'<p class="standing"><span title="Estimated probability {turn.answer.confidence:.0%}">'
        f"{words.confidence(turn.answer.confidence)}</span> <span>Quoted from {rests}.</span></p>"
    )


def _abstention(turn: Turn) -> str:
    assert turn.answer is not None
    assert turn.answer.abstention is not None
    reason = turn.answer.abstention.reason
    title, advice = words.NO_ANSWER[reason]
    action = ""
    if reason == "nothing_in_scope":
        action = '<button type="button" class="quiet" data-clear>Clear the filters</button>'
    elif reason == "empty_archive":
        action = _INDEX
    near = turn.of_kind("near")
    candidates = ""
    if near:
        items = "".join(
            f'<li><button type="button" class="open" data-ref="{turn.number}:{i}"><span class="label">{esc(r.label)}</span>'
            f"<span>{quotation(r, turn.language)}</span></button></li>"
            for i, r in near
        )
        candidates = f'<section class="near"><h4>Closest sentences found, not an answer</h4><ol>{items}</ol></section>'
    return f'<div class="notice {reason}"><h3>{title}</h3><p>{advice}</p>{action}</div>{candidates}'


def _refused(turn: Turn) -> str:
    if not turn.refused:
        return ""
    items = "".join(f"<li>{isolated(r.text, 'p')}<p>{esc(r.reason)}</p></li>" for r in turn.refused)
    count = words.counted(len(turn.refused), "drafted sentence")
    return f'<details class="more"><summary>{count} refused</summary><ul>{items}</ul></details>'


def _consulted(turn: Turn) -> str:
    consulted = turn.of_kind("consulted")
    if not consulted:
        return ""
    items = "".join(f"<li>{source_button(turn, i)}</li>" for i, _ in consulted)
    count = words.counted(len(consulted), "other source")
    return f'<details class="more"><summary>{count} consulted, not quoted</summary><ul>{items}</ul></details>'


def source_button(turn: Turn, index: int) -> str:
    """A source as an entry of a list: its label, its title and where it stands; opens it."""
    reference = turn.references[index]
    label = f'<span class="label">{esc(reference.label)}</span>' if reference.label else ""
    title = isolated(reference.title, "span", lang=reference.language, cls="title") if reference.title else ""
    return (
        f'<button type="button" class="open" data-ref="{turn.number}:{index}">{label}<span>{title}'
        f'<span class="source">{source_line(reference, turn.language)}</span></span></button>'
    )


def _actions(turn: Turn) -> str:
    question = esc(turn.question)
    copy = f'<button type="button" data-copy="{esc(plain(turn))}">Copy with sources</button>' if turn.claims else ""
    cited = turn.of_kind("cited")
    sheet = f'<button type="button" class="only-narrow" data-ref="{turn.number}:all">Sources</button>' if cited else ""
    return (
        f'<p class="actions">{sheet}{copy}<button type="button" data-ask="{question}">Ask again</button>'
        f'<button type="button" data-edit="{question}">Edit</button></p>'
    )


def plain(turn: Turn) -> str:
    """An answer with its citations as plain text, for the clipboard."""
    lines = [turn.question, ""]
    for claim in turn.claims:
        numbers = "".join(f"[{turn.references[turn.place(c)].label}]" for c in claim.citations)
        lines.append(f"{claim.text} {numbers}")
    lines.append("")
    for _, r in turn.of_kind("cited"):
        parts = [r.outlet or words.OUTLET_UNKNOWN, r.title, words.dated(r.published), words.language(r.language), r.url]
        lines.append(f"[{r.label}] {', '.join(part for part in parts if part)}: “{r.quote}”")
    return "\n".join(lines)
