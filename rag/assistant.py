"""Assistant: a question in, a checked answer out. All the wiring is on this page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rag.answer import extractive
from rag.archive import Archive
from rag.errors import SettingsError
from rag.index.rank import Ranking, answered_from
from rag.settings import Settings
from rag.text.question import analyse
from rag.types import Abstention, AbstentionReason, Answer, Claim, Event, Query

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_CANDIDATES = 10

_DETAILS: dict[AbstentionReason, str] = {
    "empty_archive": "The archive is empty. Index some articles first: sverka index PATH",
    "nothing_in_scope": "No document matches the filters: {filters}.",
    "nothing_found": "No passage of the archive has anything in common with the question.",
    "not_answered": "The archive has passages near the question, but none that answers it.",
}


class Assistant:
    """Answers questions from one archive. Safe to use from several threads.

    Raises SettingsError where a language model is given: this version answers by quotation alone.
    """

    def __init__(self, archive: Archive, settings: Settings | None = None, *, model: BaseChatModel | None = None) -> None:
        self.archive = archive
        self._settings = settings or Settings()
        if model is not None:
            raise SettingsError("This version answers by quotation alone and cannot use a language model. Leave `model` out.")

    def ask(self, query: Query | str, *, history: Sequence[str] = ()) -> Answer:
        """The answer to `query`: claims with citations, or an abstention. Raises QueryError for a malformed query."""
        for event in self.stream(query, history=history):
            answer = event.answer
        assert answer is not None  # a stream ends with its answer
        return answer

    def stream(self, query: Query | str, *, history: Sequence[str] = ()) -> Iterator[Event]:
        """The answer as it comes: `searching`, then each claim, then the whole answer.

        `history` are the questions asked before, oldest first. Each question is answered as it stands.
        """
        if not isinstance(query, Query):
            query = Query(query)
        yield Event("searching")
        ranking = self.archive.retrieve(query)
        reason = self._abstain(query, ranking)
        claims = () if reason else extractive.claims(analyse(query.text), ranking.sentences)
        for claim in claims:
            yield Event("claim", claim=claim)
        yield Event("answer", answer=self._answer(query, ranking, claims, reason))

    def _abstain(self, query: Query, ranking: Ranking) -> AbstentionReason | None:
        if ranking.sentences and analyse(query.text).terms:
            return None if ranking.confidence >= answered_from() else "not_answered"
        if not self.archive.count():
            return "empty_archive"
        return "nothing_found" if self.archive.count(query) else "nothing_in_scope"

    def _answer(self, query: Query, ranking: Ranking, claims: tuple[Claim, ...], reason: AbstentionReason | None) -> Answer:
        return Answer(
            query=query,
            language=analyse(query.text).language,
            claims=claims,
            conflicts=(),
            abstention=Abstention(reason, _DETAILS[reason].format(filters=_filters(query))) if reason else None,
            confidence=ranking.confidence,
            candidates=extractive.candidates(ranking.sentences, _CANDIDATES),
            refused=(),
            hits=ranking.hits,
            answerer="extractive",
            model=None,
            fingerprint=self.fingerprint,
        )

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits naming the archive's stamp and the settings that answers are made under."""
        return hashlib.sha256(f"{self.archive.fingerprint}/{self._settings.fingerprint}".encode()).hexdigest()[:12]


def _filters(query: Query) -> str:
    parts = (
        query.languages and f"language {', '.join(query.languages)}",
        query.outlets and f"outlet {', '.join(query.outlets)}",
        query.since and f"since {query.since}",
        query.until and f"until {query.until}",
    )
    return "; ".join(part for part in parts if part)
