"""The reading pane as HTML: a list of an answer's sources, or one whole document with its quotations marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag import ArchiveStats, Document
from ui import words
from ui.markup import esc, isolated, original
from ui.quoted import outlet, source_button, source_line, translation
from ui.turn import Problem, Reference, Turn

_HOLDINGS_SHOWN = 14
_CLOSE = '<button type="button" class="close" data-close aria-label="Close the sources">Close</button>'


def blank(stats: ArchiveStats) -> str:
    """The pane before anything was asked: what it is for, and what the archive holds."""
    return (
        f'<div class="pane-bar"><h2 class="kicker">Sources</h2>{_CLOSE}</div>'
        '<p class="hint">Click a number in an answer: the whole document opens here, at the words that are quoted.</p>'
        f"{_holdings('Languages', {code and words.language(code): n for code, n in stats.languages.items()})}"
        f"{_holdings('Outlets', stats.outlets)}"
    )


def _holdings(title: str, counts: Mapping[str | None, int]) -> str:
    """Names with their numbers of documents, the largest first and the unknown last, as many as are read at a glance."""
    ordered = sorted(counts.items(), key=lambda pair: (pair[0] is None, -pair[1], pair[0] or ""))
    rows = [f"<div><dt>{isolated(name or 'unknown')}</dt><dd>{n:,}</dd></div>" for name, n in ordered]
    shown, rest = (rows, []) if len(rows) <= _HOLDINGS_SHOWN + 1 else (rows[:_HOLDINGS_SHOWN], rows[_HOLDINGS_SHOWN:])
    more = f'<details class="more"><summary>{len(rest):,} more</summary><dl>{"".join(rest)}</dl></details>' if rest else ""
    body = f'<h3 class="kicker">{title}</h3><dl>{"".join(shown)}</dl>{more}'
    return f'<section class="holdings">{body}</section>' if rows else ""


def sources(turn: Turn) -> str:
    """The sources that an answer quotes, or comes near to, in the order of their labels."""
    shown = turn.of_kind("cited") or turn.of_kind("near")
    if not shown:
        return f'<div class="pane-bar"><h2 class="kicker">Sources</h2>{_CLOSE}</div><p class="hint">No source was found.</p>'
    items = "".join(
        f"<li>{source_button(turn, i)}{isolated(reference.quote, 'q', lang=reference.language)}{translation(turn, i)}</li>"
        for i, reference in shown
    )
    title = "Sources of this answer" if shown[0][1].kind == "cited" else "Closest sentences found"
    return (
        f'<div class="pane-bar"><h2 class="kicker">{title}</h2>{_CLOSE}</div>'
        f'<ol class="source-list" data-shown="{turn.number}:all">{items}</ol>'
    )


def lost(turn: Turn | None, index: int) -> str:
    """What is shown when a cited document is no longer in the archive, or the conversation no longer in memory."""
    if turn is None or index >= len(turn.references):
        words_ = "This conversation is no longer held by the program. Ask the question again to open its sources."
        return f'<div class="pane-bar"><h2 class="kicker">Source</h2>{_CLOSE}</div><p class="hint">{words_}</p>'
    reference = turn.references[index]
    return (
        f'{_bar(turn, index)}<div class="notice"><h3>No longer in the archive</h3><p>The document was removed after this answer '
        "was given. These are the words as they were quoted.</p></div>"
        f'<blockquote class="kept">{isolated(reference.quote, "p", lang=reference.language)}'
        f'<footer class="source">{source_line(reference, turn.language)}</footer></blockquote>'
    )


def unreadable(problem: Problem) -> str:
    """What is shown when the archive cannot be read."""
    return (
        f'<div class="pane-bar"><h2 class="kicker">Sources</h2>{_CLOSE}</div>'
        f'<div class="notice error"><h3>{esc(problem.title)}</h3><p>{esc(problem.message)}</p></div>'
    )


def document(found: Document, turns: Sequence[Turn], turn: Turn, index: int) -> str:
    """A whole document, the quotation at `index` of `turn` marked as the one to scroll to, its other quotations too."""
    here = turn.references[index]
    marks = [
        Mark(r.start, r.end, "here" if i == index else "also")
        for i, r in enumerate(turn.references)
        if r.doc_id == found.id and (i == index or r.kind == "cited") and found.text[r.start : r.end] == r.quote
    ]
    changed = "" if found.text[here.start : here.end] == here.quote else _changed(here)
    title = isolated(found.title, "h3", lang=found.language, cls="title") if found.title else '<h3 class="title">Untitled</h3>'
    return (
        f'{_bar(turn, index)}<article class="document" data-shown="{turn.number}:{index}">'
        f"<header>{title}{_metadata(found)}</header>{changed}"
        f'<div class="text" dir="auto"{_lang(found.language)}>{text(found, marks, translation(turn, index))}</div>'
        f"{_cited_by(turns, found.id)}</article>"
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span of a document; `kind` is here (scrolled to) or also (quoted by the same answer)."""

    start: int
    end: int
    kind: str


def text(found: Document, marks: Sequence[Mark], beside: str = "") -> str:
    """The whole text as paragraphs, with marks, and skipped spans dimmed. Every character of it is there, escaped.

    `beside` is markup that follows the end of the mark that is scrolled to.
    """
    html = []
    first = True
    for start, end in _paragraphs(found.text):
        pieces = []
        for low, high in _pieces(start, end, [*found.skipped, *((m.start, m.end) for m in marks)]):
            piece = esc(found.text[low:high])
            if any(s <= low and high <= e for s, e in found.skipped):
                piece = f'<span class="skipped" title="Not the article’s own words; never quoted">{piece}</span>'
            over = [m for m in marks if m.start <= low and high <= m.end]
            if over:
                mark = min(over, key=lambda m: m.kind != "here")
                target = ' id="here" tabindex="-1"' if mark.kind == "here" and first else ""
                first = first and not target
                piece = f'<mark class="{mark.kind}"{target}>{piece}</mark>'
                piece += beside if mark.kind == "here" and mark.end == high else ""
            pieces.append(piece)
        html.append(f"<p>{''.join(pieces)}</p>")
    return "".join(html)


def _paragraphs(whole: str) -> Iterator[tuple[int, int]]:
    """Runs between blank lines; where a text has no blank line, its lines."""
    gap = re.compile(r"\n[ \t]*\n\s*" if re.search(r"\S\s*?\n[ \t]*\n\s*\S", whole) else r"\n+")
    start = 0
    for match in gap.finditer(whole):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(whole):
        yield start, len(whole)


def _pieces(start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The pieces of (start, end) between all edges of the spans inside it."""
    edges = sorted({start, end, *(edge for span in spans for edge in span if start < edge < end)})
    yield from pairwise(edges)


def _bar(turn: Turn, index: int) -> str:
    """The pane's head: which source of how many, to the one before and after, and back to the list."""
    same = turn.run_of(index)
    at = same.index(index)

    def step(to: int, sign: str, name: str) -> str:
        if not 0 <= to < len(same):
            return f'<button type="button" class="step" disabled aria-label="{name}">{sign}</button>'
        return f'<button type="button" class="step" data-ref="{turn.number}:{same[to]}" aria-label="{name}">{sign}</button>'

    steps = f"{step(at - 1, '‹', 'Previous')}{step(at + 1, '›', 'Next')}" if len(same) > 1 else ""
    kind = {"cited": "Source", "near": "Close sentence", "consulted": "Not used", "dated": "Event"}[turn.references[index].kind]
    reference = turn.references[index]
    stands = f'<p class="kicker">{outlet(reference)}, {esc(words.dated(reference.published))}</p>'
    return (
        f'<div class="pane-bar"><div class="place"><h2 class="kicker">{kind} {at + 1} of {len(same)}</h2>{stands}</div>'
        f'{steps}<button type="button" class="quiet" data-ref="{turn.number}:all" aria-label="All sources">'
        f'All<span class="only-wide"> sources</span></button>{_CLOSE}</div>'
    )


def _metadata(found: Document) -> str:
    name = isolated(found.outlet) if found.outlet else esc(words.OUTLET_UNKNOWN)
    rows = [("Outlet", name), ("Date", esc(words.dated(found.published))), ("Language", esc(words.language(found.language)))]
    if found.digest_of:
        of = isolated(found.digest_of.outlet) if found.digest_of.outlet else "a report"
        when = f", {esc(words.dated(found.digest_of.published))}" if found.digest_of.published else ""
        rows.append(("Digest of", of + when))
    link = original(found.url)
    if link:
        rows.append(("Link", link))
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows)
    where = "".join(f"<li>{esc(field)}: {esc(place)}</li>" for field, place in found.read_from.items())
    read = f'<details class="more"><summary>Where these were read</summary><ul>{where}</ul></details>' if where else ""
    return f'<dl class="metadata">{items}</dl>{read}'


def _changed(reference: Reference) -> str:
    return (
        '<div class="notice"><h3>The document has changed</h3><p>It was indexed anew after this answer was given, and these '
        f"words are no longer at their place: {isolated(reference.quote, 'q', lang=reference.language)}</p></div>"
    )


def _cited_by(turns: Sequence[Turn], doc_id: str) -> str:
    """Ways back: every claim of the conversation that quotes this document."""
    items = "".join(
        f'<li><button type="button" data-goto="turn-{turn.number}-claim-{number}">'
        f"{isolated(turn.question, 'span')}{isolated(said.text, 'span')}</button></li>"
        for turn in turns
        for number, said in enumerate(turn.statements)
        if any(turn.references[place].doc_id == doc_id for place in said.places)
    )
    title = "Quoted in"
    return f'<nav class="cited-by" aria-label="{title}"><h4 class="kicker">{title}</h4><ul>{items}</ul></nav>' if items else ""


def _lang(code: str | None) -> str:
    return f' lang="{esc(code)}"' if code else ""
