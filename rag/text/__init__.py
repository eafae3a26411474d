"""Text: decoding, normal form, folding, sentences, tokens and lemmas, language."""

from rag.text.language import detect
from rag.text.normalise import Folded, decode_text, fold, normalise
from rag.text.sentences import split_sentences
from rag.text.tokens import Token, lemmas, stopwords, tokenize

__all__ = [
    "Folded",
    "Token",
    "decode_text",
    "detect",
    "fold",
    "lemmas",
    "normalise",
    "split_sentences",
    "stopwords",
    "tokenize",
]
