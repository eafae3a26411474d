"""Values: what a sentence of a Bulgarian, Russian or English text states in figures, units and dates, by rule.

    read_values(text, language, *, published=None) -> tuple[Value, ...]
        the values of a text, in order, none overlapping; relative dates are worked out from `published`
    compare(a, b) -> "same" | "approximation" | "different" | "incomparable"
        how two values stand to each other, across languages and units
    say(value, language) -> str
        the value as a reader of that language writes it ("bg", "ru" or "en"), in its own unit
    worth_saying(value) -> bool
        whether that tells a reader of another language something that the quotation does not

Nothing here is learned and nothing is looked up outside this package and `rag.text`.
"""

from rag.values.compare import compare
from rag.values.read import read_values
from rag.values.say import say, worth_saying
from rag.values.value import Hedge, Kind, Relation, Value, ends

__all__ = ["Hedge", "Kind", "Relation", "Value", "compare", "ends", "read_values", "say", "worth_saying"]
