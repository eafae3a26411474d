"""Write the bundled weights, unquantised, as a folder that sentence-transformers loads (fp32, torch).

    python tools/plain_model.py FOLDER

For the comparison with the plain stack (`eval/bench.py`) and for trying the `hub` embedder without a download.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from rag.embed.pack import FLOAT, find_pack, read_pack, read_vocabulary, unpack

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_model(folder: Path) -> None:
    """Write the weights that the bundled embedder quantises as a model that sentence-transformers loads, unquantised."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    pack = read_pack(find_pack())
    vocabulary = read_vocabulary(pack)
    state = _state(pack)
    config = BertConfig(
        vocab_size=len(state["embeddings.word_embeddings.weight"]),
        hidden_size=pack.hidden,
        num_hidden_layers=pack.layers,
        num_attention_heads=pack.heads,
        intermediate_size=pack.inner,
        max_position_embeddings=pack.positions,
        layer_norm_eps=pack.epsilon,
        pad_token_id=1,
    )
    bert = BertModel(config)
    bert.load_state_dict(state, strict=False)  # no pooler in the pack, and none used
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_tokenizer(vocabulary),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=pack.positions,
        model_input_names=["input_ids", "attention_mask"],
    )
    with tempfile.TemporaryDirectory() as raw:
        bert.save_pretrained(raw)
        tokenizer.save_pretrained(raw)
        modules = [Transformer(raw), Pooling(pack.hidden), Normalize()]
        SentenceTransformer(modules=modules, prompts={"query": "query: ", "passage": "passage: "}).save(str(folder))


def _state(pack: Any) -> dict[str, Any]:
    import torch

    def tensor(name: str) -> Any:
        if pack.tensors[name].kind == FLOAT:
            return torch.from_numpy(pack.floats(name).copy())
        return torch.from_numpy(unpack(pack.blocks(name, pack.inner if name.endswith(".fo.w") else pack.hidden)))

    state = {
        "embeddings.word_embeddings.weight": tensor("emb.word"),
        "embeddings.position_embeddings.weight": tensor("emb.pos").reshape(-1, pack.hidden),
        "embeddings.token_type_embeddings.weight": tensor("emb.type").reshape(-1, pack.hidden),
        "embeddings.LayerNorm.weight": tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": tensor("emb.ln.b"),
    }
    for layer in range(pack.layers):
        for short, long in _LAYER.items():
            for end, full in (("w", "weight"), ("b", "bias")):
                state[f"encoder.layer.{layer}.{long}.{full}"] = tensor(f"l{layer}.{short}.{end}")
    return state


def _tokenizer(vocabulary: Any) -> Any:
    """The SentencePiece model as `tokenizers` writes it; NFKC stands in for its table of replacements."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    pairs = [(piece, float(score)) for piece, score in zip(vocabulary.pieces, vocabulary.scores, strict=True)]
    tokenizer = Tokenizer(models.Unigram(pairs, unk_id=vocabulary.unk, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    ends = [("<s>", vocabulary.bos), ("</s>", vocabulary.eos)]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    return tokenizer


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    write_model(Path(sys.argv[1]))
