"""Assistant: a question in, a checked answer out. All the wiring is on this page."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from threading import Event as Flag
from typing import TYPE_CHECKING

from rag.answer import extractive
from rag.answer.asof import as_known
from rag.answer.assembly import assemble, differences, silent
from rag.answer.cross.timeline import PASSAGES, timeline
from rag.answer.drafts.followup import Asked, standalone
from rag.answer.drafts.llm import Check, Draft, close, near, to_the_point
from rag.answer.drafts.packing import Spot
from rag.answer.drafts.translate import translate
from rag.answer.quote import cite
from rag.archive import Archive
from rag.errors import ModelError
from rag.index.rank import Ranking, answered_from
from rag.index.rerank import Scorer, rerank
from rag.models import load_writer
from rag.settings import Settings
from rag.text.question import analyse
from rag.types import Abstention, AbstentionReason, Answer, Citation, Event, Query, Refused, Timeline, Translation

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_CANDIDATES = 10
_STORY = 0.3  # of the confidence from which a question is answered, that a timeline needs

_DETAILS: dict[AbstentionReason, str] = {
    "empty_archive": "The archive is empty. Index some articles first: sverka index PATH",
    "nothing_in_scope": "No document matches the filters: {filters}.",
    "nothing_found": "No passage of the archive has anything in common with the question.",
    "not_answered": "The archive has passages near the question, but none that answers it.",
}


class Assistant:
    """Answers questions from one archive. Safe to use from several threads.

    Answers are quotations, or, with a language model (`model`, else the one that the settings name), sentences that it writes and
    that were verified. Raises ModelError where the model or the reranker cannot be had, or is on another host unasked.
    """

    def __init__(self, archive: Archive, settings: Settings | None = None, *, model: BaseChatModel | None = None) -> None:
        self.archive = archive
        self._settings = settings or Settings()
        self._writer = load_writer(self._settings, model)
        self._score = _scorer(self._settings)

    def ask(self, query: Query | str, *, history: Sequence[Asked] = ()) -> Answer:
        """The answer to `query`: claims with citations, or an abstention. Raises QueryError for a malformed query."""
        for event in self.stream(query, history=history):
            answer = event.answer
        assert answer is not None  # a stream ends with its answer
        return answer

    def stream(self, query: Query | str, *, history: Sequence[Asked] = ()) -> Iterator[Event]:
        """The answer as it comes: `searching`, each claim or refused sentence, then the whole answer. Close it to stop.

        `history` are the questions asked before, oldest first, each alone or with its answer as a pair. A question that leans on
        them is made whole (`Answer.asked`). A model is not asked where the archive does not answer.
        """
        query = query if isinstance(query, Query) else Query(query)
        yield Event("searching")
        asked = standalone(query.text, history, self._writer)
        whole, as_of = as_known(replace(query, text=asked) if asked else query, self.archive.latest)
        ranking, timings = self._retrieve(whole)
        reason = self._abstain(whole, ranking)
        language = analyse(query.text).language or analyse(whole.text).language
        draft = None
        if self._writer and not reason:
            check = self._check(language, near(ranking.sentences))
            draft = Draft(self._writer, whole.text, language, ranking.hits, check, spots=close(ranking.sentences))
            yield from draft.events()
        claims = tuple(draft.claims) if draft else ()
        conflicts = differences(whole.text, ranking, claims) if claims else ()
        voices = tuple(citation for claim in claims for citation in claim.citations)
        if not claims and not reason:
            made = assemble(whole.text, ranking, self.archive)
            claims, conflicts, voices = made.claims, made.conflicts, made.voices
            yield from (Event("claim", claim=claim) for claim in claims)
        answer = Answer(
            query=query,
            language=language,
            claims=claims,
            conflicts=conflicts,
            abstention=Abstention(reason, _DETAILS[reason].format(filters=_filters(query))) if reason else None,
            confidence=ranking.confidence,
            candidates=extractive.candidates(ranking.sentences, _CANDIDATES),
            refused=(),
            hits=ranking.hits,
            answerer="extractive",
            model=None,
            fingerprint=self.fingerprint,
            asked=asked,
            as_of=as_of,
            silent=silent(whole, voices, self.archive),
            timings=timings | (draft.timings if draft else {}),
        )
        yield Event("answer", answer=replace(answer, **draft.report()) if draft else answer)

    def timeline(self, query: Query | str) -> Timeline:
        """The dated events of the story in question, in the order of their days. Raises QueryError for a malformed query."""
        query = query if isinstance(query, Query) else Query(query)
        known, _ = as_known(replace(query, k=max(query.k, PASSAGES)), self.archive.latest)
        ranking = self.archive.retrieve(known)
        # A story may be there whose question no one sentence answers ("How did it unfold?").
        there = ranking.sentences and ranking.confidence >= answered_from() * _STORY
        return timeline(query, ranking.sentences if there else ())

    def cite(self, doc_id: str, start: int, end: int) -> Citation:
        """The citation of a place in a document. Raises DocumentMissing, or CitationError where nothing can be quoted there."""
        return cite(self.archive.read(doc_id), start, end)

    def translate(self, citation: Citation, language: str, *, stop: Flag | None = None) -> Translation | Refused:
        """The quotation in `language` (ISO 639-1), by the model; a refusal where its figures or names are not the original's.

        Set `stop` to let the model go before its end. Raises ModelError where there is no model, or it fails.
        """
        if self._writer is None:
            raise ModelError("There is no language model to translate with. Choose one: --model, SVERKA_MODEL.")
        from rag.answer.check.verify import check_translation

        return translate(citation, language, self._writer, check_translation, stop=stop)

    def _retrieve(self, query: Query) -> tuple[Ranking, dict[str, float]]:
        ranking = self.archive.retrieve(query)
        if self._score is None:
            return ranking, {}
        started = time.monotonic()
        ranking = rerank(query.text, ranking, self._score)
        return ranking, {"rerank": time.monotonic() - started}

    def _check(self, language: str | None, spots: Sequence[Spot]) -> Check:
        from rag.answer.check.verify import verify

        return to_the_point(partial(verify, embedder=self.archive.embedder, language=language), spots)

    def _abstain(self, query: Query, ranking: Ranking) -> AbstentionReason | None:
        if ranking.sentences and analyse(query.text).terms:
            return None if ranking.confidence >= answered_from() else "not_answered"
        if not self.archive.count():
            return "empty_archive"
        return "nothing_found" if self.archive.count(query) else "nothing_in_scope"

    @property
    def model(self) -> str | None:
        """The name of the language model, without a path or address; None where answers are quotations."""
        return self._writer.name if self._writer else None

    @property
    def sends_to(self) -> str | None:
        """The other machine that passages are sent to, None where they stay on this one."""
        return self._writer.host if self._writer else None

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits naming the archive's stamp and the settings that answers are made under."""
        return hashlib.sha256(f"{self.archive.fingerprint}/{self._settings.fingerprint}".encode()).hexdigest()[:12]


def _scorer(settings: Settings) -> Scorer | None:
    if settings.reranker is None:
        return None
    from rag.embed.cross import CrossScorer

    return CrossScorer(settings.reranker, settings)


def _filters(query: Query) -> str:
    parts = (
        query.languages and f"language {', '.join(query.languages)}",
        query.outlets and f"outlet {', '.join(query.outlets)}",
        query.since and f"since {query.since}",
        query.until and f"until {query.until}",
    )
    return "; ".join(part for part in parts if part)
