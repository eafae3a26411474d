"""Fit what the bundled model's vectors are brought through (`rag/embed/e5-small-space.npz`).

    python -m eval.fit_space ../shared/data/flores_passages.jsonl

The file holds the same sentences in several languages, a JSON object a line with `pid`, `lang` and `text`. What is kept of them
are means and covariances: see `rag.embed.space`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag import Settings
from rag.embed import bundled, space

TARGET = Path(space.__file__).with_name(space.FILE)


class Recorder(space.Space):
    """A space that changes nothing, and keeps the states of all words."""

    states: list[space.Vectors]

    def __init__(self) -> None:
        none = np.zeros(0, dtype=np.float32)
        super().__init__(none, none, none, none)
        object.__setattr__(self, "states", [])

    def neutral(self, vectors: space.Vectors) -> space.Vectors:
        return vectors

    def word_codes(self, states: space.Vectors) -> space.WordCodes:
        self.states.append(states)
        return np.empty((0, 0), dtype=np.uint8)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args(argv)
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for line in options.sentences.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[row["lang"]][row["pid"]] = row["text"]
    shared = sorted(set.intersection(*(set(of_language) for of_language in texts.values())))
    recorder = Recorder()
    model = bundled.BundledEmbedder(Settings(), space=recorder)
    vectors = {language: model.embed_sentences([texts[language][pid] for pid in shared])[0] for language in sorted(texts)}
    words = np.concatenate(recorder.states)
    space.save_space(space.fit(vectors, words), options.out)
    print(f"{options.out}: {len(shared)} sentences in {', '.join(sorted(texts))}, {len(words)} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
