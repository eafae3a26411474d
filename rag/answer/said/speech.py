"""The words by which Bulgarian, Russian and English newspapers say whose statement a sentence is, as `clause` and
`attribution` use them. The lists stand in `speech_bg`, `speech_ru` and `speech_en`, in lower case, with е for ё."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

Role = Literal["by", "via", "citing"]
Words = frozenset[str]
Stems = tuple[str, ...]  # beginnings of words, or their endings
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """What one language attributes with."""

    # verbs
    strong: Words  # attribute what stands beside them: "reported losses"
    weak: Words  # attribute a clause or direct speech only
    relays: Words  # are said of agencies and outlets
    findings: Words  # are said of studies and documents
    plural: Words  # may have a place for a subject: сообщили в МИД
    telling: Words  # are followed by who was told
    reflexive: Words  # are said with се
    excluded: Words  # attribute when they are negated: did not rule out
    quoting: Words  # "was quoted as saying"
    promising: Words  # attribute with what shall be done: vowed to, пообещал выплатить, обеща да
    objecting: Words  # attribute with any object: forecast growth, опровергло сообщения
    estimating: Words  # attribute a figure: put the toll at 12
    verbs: Words  # all these but the excluded

    # phrases that name the source, by their first word
    frames: Mapping[str, tuple[tuple[Phrase, Role], ...]]  # "by" it, "via" it, or "citing" it: passed on by the subject
    own: Mapping[str, tuple[Phrase, ...]]  # with a pronoun: по его словам
    doubtful: frozenset[Phrase]  # also have other senses: according to plan
    openings: Words  # the first words of all these, and the verbs
    possessives: Words  # the pronouns in `own`
    seeming: Words  # what follows where `own` has another sense: по думите ѝ личеше

    # beside a verb
    that: Words
    this: Words  # begin a sentence about the one before
    this_said: Words  # the same, as one word or two
    auxiliaries: Words
    negations: Words
    impersonal: Words  # are said with се of what stands in a document: в доклада се казва
    thus: Words  # between direct speech and its speaker
    spoiling: Words  # before a verb, make it something else: "to say", "the reported"
    objects: Words  # after a verb, make it something else: told the truth
    as_: Words
    about: Words  # съобщи за, сообщил о
    toward: Words  # before who was told: каза пред БТА
    addressees: Words
    datives: Words
    amounting: Words  # prepositions before the figure of an estimate
    doing: Words  # before what is promised: to, да
    infinitives: Stems  # endings of what is promised
    coordinating: Words  # between verbs of one subject: came and said
    finite: Words  # auxiliaries by which a clause is known (English)

    # clauses and noun phrases
    clause: Words  # begin a clause
    relatives: Words  # begin a clause that no one says: when he said
    leads: Words  # may stand before a subject
    pronouns: Words
    determiners: Words
    prepositions: Words
    linking: Words  # prepositions within the name of an office
    inside: Words  # the same, before an institution only: источник в министерстве
    owning: Words  # the same, also after a name
    places: Words  # prepositions before the place that speaks: от полицията съобщиха
    clitics: Words  # possessives after a noun: адвокатът му
    joining: Words  # within a name: and, de, фон
    stops: Words  # no part of a speaker
    times: Words
    occasions: Stems
    adjectives: Stems  # endings
    roles: Stems  # people by their office
    bodies: Stems
    media: Stems
    things: Stems  # say or rule something without being anybody's statement: a sign, the law

    # grammar
    free_order: bool  # the subject may follow the verb anywhere
    commas: bool  # a comma divides "by his words" from what they are
    articles: bool  # the article is an ending
    capital_days: bool


_STEMS = ("occasions", "adjectives", "roles", "bodies", "media", "things", "infinitives")
_GRAMMAR = {
    "ru": {"free_order": True, "commas": True, "articles": False, "capital_days": False},
    "bg": {"free_order": True, "commas": False, "articles": True, "capital_days": False},
    "en": {"free_order": False, "commas": False, "articles": False, "capital_days": True},
}
_PLURALS = {
    "bg": ("ха", "ат", "ят", "ли", "ни"),
    "ru": ("ли", "лись", "ют", "ут", "ят", "ат", "ются", "утся", "ится", "ется", "ены"),
}
_ROLES: tuple[Role, ...] = ("by", "via", "citing")


@cache
def speech(language: str | None) -> Speech | None:
    """What a language (ISO 639-1) attributes with; None where nothing is listed."""
    match language:
        case "ru":
            from rag.answer.said.speech_ru import ROWS
        case "bg":
            from rag.answer.said.speech_bg import ROWS
        case "en":
            from rag.answer.said.speech_en import ROWS
        case _:
            return None
    return _speech(language, ROWS)


def _speech(language: str, rows: Mapping[str, str]) -> Speech:
    verbs = {
        kind: frozenset(rows[kind].split()) | _past(rows.get(f"{kind}_past", ""), language)
        for kind in ("strong", "weak", "relays")
    }
    framed = [(phrase, role) for role in _ROLES for phrase in _phrases(rows[role])]
    own = _phrases(rows["own"])
    every = frozenset(f"{rows['promising']} {rows['objecting']} {rows['estimating']}".split()).union(*verbs.values())
    made: dict[str, Any] = {
        **verbs,
        "verbs": every,
        "frames": {phrase[0]: _longest([f for f in framed if f[0][0] == phrase[0]]) for phrase, _ in framed},
        "own": {phrase[0]: tuple(p for p in own if p[0] == phrase[0]) for phrase in own},
        "doubtful": frozenset(_phrases(rows["doubtful"])),
        "this_said": frozenset(" ".join(phrase) for phrase in _phrases(rows["this_said"])),
        "openings": every | set(rows["excluded"].split()) | {phrase[0] for phrase in [*own, *(f[0] for f in framed)]},
        **_GRAMMAR[language],
        **{name: tuple(rows.get(name, "").split()) for name in _STEMS},
    }
    made["reflexive"] = frozenset(form + ending for form in rows.get("reflexive", "").split() for ending in ("", "ха", "л", "ли"))
    made["plural"] = frozenset(
        verb for verb in every | set(rows["excluded"].split()) if verb.endswith(_PLURALS.get(language, ("\n",)))
    )
    made |= {field.name: frozenset(rows.get(field.name, "").split()) for field in fields(Speech) if field.name not in made}
    return Speech(**made)


def _past(listed: str, language: str) -> Words:
    """The forms of verbs in the past: of a Russian masculine (сообщил, признался), of a regular Bulgarian aorist (съобщи), of an
    English infinitive (admit)."""
    if language == "en":
        return frozenset(map(_english_past, listed.split()))
    if language == "bg":
        return frozenset(form + ending for form in listed.split() for ending in ("", "ха", "л", "ла", "ло", "ли"))
    plain = {form + ending for form in listed.split() for ending in ("", "а", "о", "и") if not form.endswith("ся")}
    reflexive = {form[:-2] + ending for form in listed.split() for ending in ("ся", "ась", "ось", "ись") if form.endswith("ся")}
    return frozenset(plain | reflexive)


def _english_past(verb: str) -> str:
    if verb.endswith(("admit", "submit", "quip", "fret")):
        return f"{verb}{verb[-1]}ed"
    if verb.endswith("y") and verb[-2] not in "aeo":
        return f"{verb[:-1]}ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def _phrases(listed: str) -> tuple[Phrase, ...]:
    """Phrases that are divided by commas; a slash divides words that may stand for each other."""
    found: list[Phrase] = []
    for phrase in listed.split(","):
        variants: list[Phrase] = [()]
        for word in phrase.split():
            variants = [(*before, choice) for before in variants for choice in word.split("/")]
        found += [variant for variant in variants if variant]
    return tuple(sorted(found, key=len, reverse=True))


def _longest(framed: list[tuple[Phrase, Role]]) -> tuple[tuple[Phrase, Role], ...]:
    return tuple(sorted(framed, key=lambda item: -len(item[0])))
