"""The answer that quotations make: what the reports say, how they differ, whose statement it is and how many stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rag.answer import extractive
from rag.answer.cross.crosscheck import Checked, check, crosscheck
from rag.answer.quote import cite
from rag.answer.said.attribution import attribution
from rag.answer.sources import independent
from rag.archive import Archive
from rag.index.rank import RankedSentence, Ranking
from rag.text.exonyms import said_names
from rag.text.question import analyse
from rag.types import Citation, Claim, Conflict, Derived, Query, Silence, Support, day
from rag.values import Value, read_values, say, worth_saying

_SAID = ("bg", "ru", "en")  # languages that values are said in
_MAX_DERIVED = 6  # of one claim
_STORY_DAYS = 2  # days before and after its reports within which an outlet that reports at all could have had the story
_MAX_SILENT = 8
_SUPPORT = 200  # sentences that are looked at for more who say the same


@dataclass(frozen=True, slots=True)
class Assembled:
    """What an answer is made of: claims, those that state what is held now first, and the differences between their sources.

    `voices` are citations of the documents that answer: of the sides, of those who say what the first claim does, and of those
    that answer otherwise.
    """

    claims: tuple[Claim, ...]
    conflicts: tuple[Conflict, ...]
    voices: tuple[Citation, ...]


def assemble(question: str, ranking: Ranking, archive: Archive) -> Assembled:
    """The claims and conflicts that the ranked sentences, one or more, make for a question."""
    language = analyse(question).language
    checked = check(question, ranking.sentences)
    plain = extractive.claims(analyse(question), ranking.sentences)
    leading = _leading(checked) if checked and checked.relation else []
    taken = {_place(citation) for claim in leading for citation in claim.citations}
    rest = [claim for claim in plain if taken.isdisjoint(map(_place, claim.citations))]
    chosen = [*leading, *rest][: max(len(leading), extractive.MAX_CLAIMS)]
    sentences = {(s.document.id, *s.span): s for s in ranking.sentences}
    behind = [_behind(claim, sentences[_place(claim.citations[0])], checked, ranking.sentences) for claim in chosen]
    claims = tuple(
        _filled(claim, sentences[_place(claim.citations[0])], said, archive, language)
        for claim, said in zip(chosen, behind, strict=True)
    )
    conflicts = crosscheck(plain) if checked is None else (checked.conflict,) if checked.conflict else ()
    voices = [citation for said in behind[: len(leading) or 1] for citation in said]
    # Not silent is also a report whose answer is too unsure to be set beside the others.
    voices += [finding.statement.citation for finding in (checked.voices if checked else ())]
    return Assembled(claims, conflicts, tuple(voices))


def differences(question: str, ranking: Ranking, claims: Sequence[Claim]) -> tuple[Conflict, ...]:
    """The differences in what is asked for, whoever wrote the claims."""
    return crosscheck(claims, question=question, sentences=ranking.sentences)


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.doc_id, citation.start, citation.end


def _leading(checked: Checked) -> list[Claim]:
    """A claim for each side of a difference; of an update the latest first, and a correction before what it corrects."""
    groups = list(checked.groups)
    if checked.relation == "update":
        groups.reverse()
    claims: list[Claim] = []
    for group in groups:
        citations = tuple(dict.fromkeys(finding.statement.citation for finding in group))
        shown = {_place(c) for claim in claims for c in claim.citations}
        if fresh := tuple(c for c in citations if _place(c) not in shown)[: extractive.MAX_CITATIONS]:
            claims.append(Claim(fresh[0].quote, fresh))
    return claims


def _filled(claim: Claim, sentence: RankedSentence, behind: Sequence[Citation], archive: Archive, language: str | None) -> Claim:
    """The claim with whose statement it is, its values in the reader's language, and how many stand behind it."""
    support = Support(
        documents=len({c.doc_id for c in behind}),
        outlets=len({c.outlet for c in behind if c.outlet}),
        independent=independent(behind, archive),
    )
    return replace(claim, attribution=speaker(sentence), derived=derived(sentence, language), support=support)


def speaker(sentence: RankedSentence) -> str | None:
    """Whose statement a sentence is, as its document names them; with who passed it on in brackets."""
    said = attribution(sentence.document.text, *sentence.span, sentence.document.language)
    if said is None:
        return None
    return said.speaker if said.via is None else f"{said.speaker} ({said.via})"


def derived(sentence: RankedSentence, language: str | None) -> tuple[Derived, ...]:
    """The values and known names of a quotation in the reader's language, and its dates where they count from its own day."""
    document = sentence.document
    if language not in _SAID:
        return ()
    text = document.text[slice(*sentence.span)]
    foreign = document.language != language
    found = [
        Derived(value.kind, value.text, say(value, language), value.resolved)
        for value in read_values(text, document.language, published=document.published)
        if _worth_saying(value, foreign)
    ]
    if foreign:
        found += [Derived("name", written, said) for written, said in said_names(text, language)]
    return tuple(found[:_MAX_DERIVED])


def _worth_saying(value: Value, foreign: bool) -> bool:
    if value.kind == "date":
        return value.low is not None and (foreign or (value.resolved and not any(c.isdigit() for c in value.text)))
    return foreign and worth_saying(value)


def _behind(
    claim: Claim, first: RankedSentence, checked: Checked | None, sentences: Sequence[RankedSentence]
) -> tuple[Citation, ...]:
    """Citations of all documents that say what the claim does: the ones it cites, those of its side, those whose words agree."""
    found = {citation.doc_id: citation for citation in claim.citations}
    for group in checked.groups if checked else ():
        if any(finding.statement.citation in claim.citations for finding in group):
            for finding in group:
                found.setdefault(finding.report.doc_id, finding.statement.citation)
    for sentence in sentences[:_SUPPORT]:
        if sentence.document.id not in found and extractive.says_same(first, sentence):
            found[sentence.document.id] = cite(sentence.document, *sentence.span)
    return tuple(found.values())


# ---- silence


def silent(query: Query, voices: Sequence[Citation], archive: Archive) -> tuple[Silence, ...]:
    """The outlets and languages in scope that have nothing on it; `voices` cites those that have, each document.

    Where the query names outlets or languages, those; else the languages of the archive, and the outlets that published while the
    story was reported, a handful, those with most reports first.
    """
    if not voices:
        return ()
    days = [day(c.published) for c in voices if c.published is not None]
    near = query
    if days and not query.outlets:
        since, until = min(days) - timedelta(_STORY_DAYS), max(days) + timedelta(_STORY_DAYS)
        near = replace(query, since=max(since, query.since or date.min), until=min(until, query.until or date.max))
    tally = archive.tally(near)
    spoke = {c.outlet for c in voices}
    heard = {c.language for c in voices}
    outlets = _counts(((outlet, n) for (outlet, _), n in tally.items() if outlet), query.outlets)
    languages = _counts(((language, n) for (_, language), n in tally.items() if language), query.languages or archive.languages())
    found = [Silence("language", name, n) for name, n in languages if name not in heard]
    return tuple(found + [Silence("outlet", name, n) for name, n in outlets if name not in spoke][:_MAX_SILENT])


def _counts(rows: Iterable[tuple[str, int]], known: Sequence[str]) -> list[tuple[str, int]]:
    """Documents by name, most first; those in `known` even where they have none."""
    counts = dict.fromkeys(known, 0)
    for name, number in rows:
        counts[name] = counts.get(name, 0) + number
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
