"""Every error a user of Sverka can meet, in one tree.

SverkaError
├── SettingsError            a setting or environment variable has no usable value
├── IngestError              one source cannot be read; indexing goes on without it
├── QueryError               the question or one of its filters is malformed
├── EmbedderError            the embedding model cannot be loaded or used
├── ModelError               the language model, or the reranker, cannot be loaded or used
│   └── PackageMissing       a package that this setting needs is not installed (an EmbedderError too)
├── CitationError            offsets do not name a quotable span of the document
└── ArchiveError             something about an archive directory
    ├── ArchiveMissing       there is no archive in that directory
    ├── ArchiveExists        there is one already
    ├── ArchiveLocked        another process is writing to it
    ├── ArchiveDamaged       its files contradict one another or cannot be read
    ├── StampMismatch        it was built under other settings than those asked for
    └── DocumentMissing      it holds no document with that id

The message of each is one or two sentences for a reader: what is wrong with which file or value, and what to do.
`retryable` says whether the same call may succeed later without anything being changed.
"""


class SverkaError(Exception):
    """Base of all errors that Sverka raises on purpose."""

    retryable = False


class SettingsError(SverkaError):
    """A setting or an environment variable has no usable value."""


class IngestError(SverkaError):
    """One source cannot be turned into a document.

    Attributes:
        source: the file's path, for records `path#id`.
        reason: what is wrong with it.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class QueryError(SverkaError):
    """The question or one of its filters is malformed."""


class EmbedderError(SverkaError):
    """The embedding model cannot be loaded or used."""


class ModelError(SverkaError):
    """The language model, or the reranker, cannot be loaded or used."""


class PackageMissing(EmbedderError, ModelError):
    """A package that the chosen setting needs is not installed; the message holds the pip line."""

    def __init__(self, package: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs the package {package}, which is not installed. Install it: pip install {package}")
        self.package = package


class CitationError(SverkaError):
    """Offsets do not name a quotable span of the document."""


class ArchiveError(SverkaError):
    """Something is wrong with an archive directory."""


class ArchiveMissing(ArchiveError):
    """There is no archive in the directory."""


class ArchiveExists(ArchiveError):
    """There is an archive in the directory already."""


class ArchiveLocked(ArchiveError):
    """Another process is writing to the archive."""

    retryable = True


class ArchiveDamaged(ArchiveError):
    """The archive's files contradict one another or cannot be read."""


class StampMismatch(ArchiveError):
    """The archive was built under other settings than those asked for; the message names each that differs."""


class DocumentMissing(ArchiveError):
    """The archive holds no document with that id."""
