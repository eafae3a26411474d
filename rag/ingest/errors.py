"""The one error that the parts of this package raise among themselves."""

from __future__ import annotations


class Unreadable(ValueError):
    """What is wrong with a source, as a sentence; `read` names the source and yields it as an IngestError."""
