"""What stands beside an answer: where its sources differ, how sure it is, what was searched in vain, refused, or left aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ui import words
from ui.markup import esc, isolated
from ui.quoted import outlet, reference_button, source_button
from ui.turn import Difference, Outcome, Position, Turn

_SILENT_SHOWN = 3  # outlets named before the rest is only counted


def differences(turn: Turn) -> str:
    """Where the sources differ: a table of values by outlet for each difference; changes over time in their order."""
    shown = "".join(_difference(turn, n, difference) for n, difference in enumerate(turn.differences))
    return f'<section class="differences"><h3>Where the sources differ</h3>{shown}</section>' if shown else ""


def _difference(turn: Turn, number: int, difference: Difference) -> str:
    sides = list(difference.sides)
    over_time = difference.relation == "update"
    if over_time:
        sides.sort(key=lambda side: _first_day(turn, side) or date.max)
    rows = "".join(_side(turn, side, f"d{number}s{n}") for n, side in enumerate(sides))
    cls = "conflict path" if over_time else "conflict"
    return (
        f'<table class="{cls}"><caption>{words.difference(difference.about, difference.relation)}.</caption>'
        f'<thead><tr><th scope="col">Source</th><th scope="col">Says</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _first_day(turn: Turn, side: Position) -> date | None:
    return min((r.published for i in side.places if (r := turn.references[i]).published), default=None)


def _side(turn: Turn, side: Position, where: str) -> str:
    """One value: those who give it, each with its day and its number, and the value with what limits it."""
    sources = "".join(
        f"<li><b>{outlet(turn.references[i])}</b>{reference_button(turn, i, where)} "
        f"<span>{esc(words.dated(turn.references[i].published))}</span></li>"
        for i in side.places
    )
    about = [f"<small>{isolated(side.scope)}</small>"] if side.scope else []
    about += [f"<small>According to {isolated(side.attribution)}</small>"] if side.attribution else []
    language = turn.references[side.places[0]].language
    value = isolated(side.value, "strong", lang=language)
    return f'<tr><th scope="row"><ul>{sources}</ul></th><td>{value}{"".join(about)}</td></tr>'


def record(turn: Turn) -> str:
    """How far the answer carries: confidence, sources, silence, the model's part, what was refused and what was not used."""
    outcome = turn.outcome
    if outcome is None or outcome.abstention in ("empty_archive", "nothing_in_scope"):
        return ""
    rows = [
        (
            "Confidence",
            f"{words.confidence(outcome.confidence)} <small>Estimated at {words.estimate(outcome.confidence)}.</small>",
        ),
        ("Quoted", _quoted(turn)),
        ("Nothing found in", _silence(outcome)),
        ("Written by", _writer(outcome)),
        ("Refused", _refused(turn)),
        ("Not used", _consulted(turn)),
    ]
    items = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in rows if value)
    return f'<dl class="record">{items}</dl>'


def _quoted(turn: Turn) -> str:
    cited = [reference for _, reference in turn.of_kind("cited")]
    if not cited:
        return ""
    outlets = {r.outlet for r in cited if r.outlet}
    documents = words.counted(len({r.doc_id for r in cited}), "document")
    return documents + (f" from {words.counted(len(outlets), 'outlet')}" if outlets else "")


def _silence(outcome: Outcome) -> str:
    """The languages, then the outlets in scope that have nothing that answers."""
    lines = []
    for kind in ("language", "outlet"):
        silent = sorted((s for s in outcome.silent if s.kind == kind and s.documents), key=lambda s: -s.documents)
        named = [f"{isolated(name)} ({number})" for name, number in map(words.silence, silent)]
        shown, rest = named[:_SILENT_SHOWN], named[_SILENT_SHOWN:]
        if rest:
            lines.append(_disclosure(f"{', '.join(shown)} and {words.counted(len(rest), f'other {kind}')}", rest))
        elif shown:
            lines.append(f"<p>{words.listed(shown)}</p>")
    return "".join(lines)


def _writer(outcome: Outcome) -> str:
    if outcome.model is None:
        return ""
    parts = [f"<p>{isolated(outcome.model)}. Every sentence was checked against the words it rests on.</p>"]
    if outcome.sends_to:
        parts.append(f"<p>Passages were sent to {isolated(outcome.sends_to)}.</p>")
    if outcome.packing:
        parts.append(f"<p><small>{words.packing(outcome.packing)}</small></p>")
    return "".join(parts)


def _refused(turn: Turn) -> str:
    if not turn.refused:
        return ""
    items = [f"{isolated(r.text, 's')}<p>{esc(r.reason)}</p>" for r in turn.refused]
    return _disclosure(words.counted(len(turn.refused), "drafted sentence"), items)


def _consulted(turn: Turn) -> str:
    consulted = [source_button(turn, i) for i, _ in turn.of_kind("consulted")]
    return _disclosure(words.counted(len(consulted), "other source") + " found", consulted) if consulted else ""


def _disclosure(summary: str, items: Sequence[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f'<details class="more"><summary>{summary}</summary><ul>{listed}</ul></details>'
