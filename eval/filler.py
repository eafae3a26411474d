"""Large archives in minutes: filler articles, and vectors for them that are as crowded as those of real ones.

A filler text is half of one real paragraph and half of another, with some of its words replaced by invented ones, so that the
vocabulary grows with the archive as it does in life. Its vector, and those of its sentences, are two vectors of real
passages, mixed, with a little noise: neighbours are as near to each other as in a real archive. Everything follows from
the text alone, so an archive can be continued, and brute force can be computed afterwards. Where the embedder gives codes
of words, a filler's words have those of words of real sentences, as many as it has words that could be telling.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from eval.datasets import load_dataset
from rag import Archive, Settings, load_embedder

Vectors = NDArray[np.float32]

REAL = 600  # paragraphs that are embedded; every filler is made of two of them
OUTLETS = 20
FIRST_DAY, DAYS = date(2024, 1, 1), 600
NOISE = 0.1  # length of the noise beside a vector of length 1
SHARE_INVENTED = 0.15
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
_LONG_WORD = re.compile(r"[^\W_]{4,}")
_LETTERS = {"en": ("bdfgklmnprstvz", "aeiou"), "ru": ("бвгдзклмнпрст", "аеиоу")}


def real_paragraphs(data: Path) -> list[tuple[str, str]]:
    """(language, text) of the paragraphs that fillers are made of: of the sets in `data`, those of 500 to 1000 characters."""
    names = [path.name.removesuffix("_passages.jsonl") for path in sorted(data.glob("*_passages.jsonl"))]
    rows = [(r["language"], r["text"]) for name in names for r in load_dataset(data, name=name).records]
    rows = [row for row in rows if 500 <= len(row[1]) <= 1000 and row[0] in _LETTERS]
    english = [row for row in rows if row[0] == "en"][: REAL // 2]
    return english + [row for row in rows if row[0] == "ru"][: REAL - len(english)]


class FillerEmbedder:
    """An embedder whose passage vectors are mixtures of real ones; all else is the real embedder's own.

    `vectors` are those of real passages, (n, dim); `codes` those of the words of real sentences, one a row, or None.
    """

    def __init__(self, real: Any, vectors: Vectors, codes: NDArray[np.uint8] | None) -> None:
        self._real = real
        self._vectors = vectors
        self._codes = codes
        noise = np.random.default_rng(7).normal(size=(4096, vectors.shape[1]))
        self._noise = (NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)).astype(np.float32)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def embed_passages(self, texts: Sequence[str], **_: Any) -> Vectors:
        """One mixed vector a text, chosen by the text's hash: shape (len(texts), dim), each of length 1."""
        first, second, noise, weight = _numbers(texts).T
        share = (0.5 + (weight % 1000) / 2000).astype(np.float32)[:, None]
        count = len(self._vectors)
        mixed = share * self._vectors[first % count] + (1 - share) * self._vectors[second % count]
        mixed += self._noise[noise % len(self._noise)]
        return np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), dtype=np.float32)

    def embed_sentences(self, texts: Sequence[str], **_: Any) -> tuple[Vectors, list[NDArray[np.uint8]] | None]:
        """The same, and a row of codes for each longer word."""
        codes = self._codes
        if codes is None:
            return self.embed_passages(texts), None
        words = [len(_LONG_WORD.findall(text)) for text in texts]
        starts = _numbers(texts)[:, 0]
        chosen = [
            codes[(start + np.arange(n, dtype=np.int64) * 101) % len(codes)] for start, n in zip(starts, words, strict=True)
        ]
        return self.embed_passages(texts), chosen

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Low enough that each filler is one passage."""
        return [len(text) // 6 for text in texts]


def _numbers(texts: Sequence[str]) -> NDArray[np.uint32]:
    """Four numbers a text, from its hash."""
    return np.frombuffer(b"".join(blake2b(text.encode(), digest_size=16).digest() for text in texts), "<u4").reshape(-1, 4)


def filler_embedder(data: Path, work: Path, settings: Settings) -> FillerEmbedder:
    """The embedder for filler archives; the real vectors it mixes are made once and kept in `work`."""
    kept = work / "real-vectors.npz"
    real = load_embedder(settings)
    if not kept.is_file():
        work.mkdir(parents=True, exist_ok=True)
        texts = [text for _, text in real_paragraphs(data)]
        sentences = [sentence for text in texts[:: len(texts) // 100 or 1] for sentence in _SENTENCE_END.split(text)]
        _, codes = real.embed_sentences(sentences)
        found = {"vectors": real.embed_passages(texts)} | ({"codes": np.concatenate(codes)} if codes else {})
        np.savez(kept, allow_pickle=False, **found)
    loaded = np.load(kept)
    return FillerEmbedder(real, loaded["vectors"], loaded.get("codes"))


def filler_records(data: Path, count: int) -> Iterator[Mapping[str, str]]:
    """`count` articles; the first n are the same whatever the count."""
    by_language: dict[str, list[list[str]]] = {}
    for language, text in real_paragraphs(data):
        by_language.setdefault(language, []).append(_SENTENCE_END.split(text))
    languages = sorted(by_language)
    for number in range(count):
        draw = random.Random(number)
        language = languages[number % len(languages)]
        one, other = draw.sample(by_language[language], 2)
        sentences = one[: (len(one) + 1) // 2] + other[len(other) // 2 :]
        yield {
            "id": f"filler-{number:06d}",
            "language": language,
            "outlet": f"Filler {draw.randrange(OUTLETS):02d}",
            "date": (FIRST_DAY + timedelta(days=draw.randrange(DAYS))).isoformat(),
            "text": _with_inventions(" ".join(sentences), language, draw),
        }


def _with_inventions(text: str, language: str, draw: random.Random) -> str:
    def replaced(match: re.Match[str]) -> str:
        if draw.random() > SHARE_INVENTED:
            return match[0]
        word = "".join(draw.choice(letters) for _ in range(draw.choice((2, 3, 4))) for letters in _LETTERS[language])
        return word.capitalize() if match[0][0].isupper() else word

    return re.sub(r"[^\W\d_]{6,}", replaced, text)


def filler_archive(data: Path, work: Path, count: int) -> Path:
    """The archive of `count` fillers in `work`, made where it is not there yet."""
    folder = work / f"fillers-{count}"
    done = work / f"fillers-{count}.done"
    if done.is_file():
        return folder
    records = work / f"fillers-{count}.jsonl"
    with records.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in filler_records(data, count))
    with Archive.open(folder) if folder.exists() else Archive.create(folder) as archive:
        embedder = filler_embedder(data, work, archive.settings)
        with patch("rag.archive.load_embedder", lambda *_, **__: embedder):
            report = archive.index([records])
    if report.failed:
        raise SystemExit(f"{report.failed[0].source}: {report.failed[0].reason}")
    done.touch()
    return folder
