"""Writes golden.json: what Hugging Face makes of tricky texts, for the tests of the TypeScript tokenizer.

Run once, in this folder, after `node write-byte-level.ts`, with transformers 5, tokenizers, sentencepiece and protobuf
from PyPI. It trains two small Unigram tokenizers on corpus.txt, saves them beside the byte-level one, and records token
ids, decoded text and offsets (converted from code points to UTF-16 code units) of every text under each tokenizer.
"""

import json
import os
import shutil
import tempfile

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import AutoTokenizer, T5Config

SPECIAL = ["<pad>", "</s>", "<unk>"]

TEXTS = [
    "",
    " ",
    "     ",
    "Chest pain for 2 hours. BP 148/92, HR 112, T 38.6 C.",
    "  two  spaces   inside    and at the end  ",
    "\ttab\tand  \t mixed",
    "line one\nline two\n\n\nline five",
    "carriage\r\nreturn\r\n\r\nline\rold",
    "trailing spaces   \n   leading spaces",
    "38.6 128/76 98.6F",
    "0 7 10 99 100 101 110 210 299 300 301 1234 0007",
    "30.0 36.5 36.50 37.25 43.9 44.0 29.9 1.5.2 .5 5. 12.03.2024",
    "HR128 HR:128 HR 128 (128) 128bpm SpO2",
    "can't doesn't patient's we'll they've I'd 'quoted' it\u2019s 'sudden",
    "\U0001F600 \U0001F691\U0001F3E5 ok \U0001F44D\U0001F3FD done",
    "family \U0001F468\U0001F469\U0001F467 flag \U0001F1E8\U0001F1E6",
    "胸痛2小时，血压148/92。",
    "胸が痛い、ﾊﾝｶｸ カタカナ",
    "가슴 통증 2시간 전부터",
    "nul\u0000in\u0000side",
    "Zażółć gęślą jaźń — Ångström naïve café",
    "مريض يعاني من ألم في الصدر ١٢٨",
    "रोगी को सीने में दर्द है",
    "½ ¾ ² ³ ﬁ ﬂ ™ № ㎎ Ⅳ µg 38.6℃ ＡＢＣ１２３",
    "non\u00a0breaking\u2009thin\u3000ideographic spaces",
    "\u0085next\ufeffbom\u180emongolian",
    "pneumonoultramicroscopicsilicovolcanoconiosis" * 4,
    "-----===== ...!!! ((([[[{{{ %%% ### ~~~ \\\\ || ``",
    "▁already▁a▁block ▁ here",
    "𝕬𝖑𝖕𝖍𝖆 𝟏𝟐𝟖 \U00020BB7野家",
    "predict: given label: 2 Emergent, explain: NRS 8/10; GCS 6; T 39.2 C",
    "A note that says </s> and <pad> and <unk> and <extra_id_0>.",
]

# Hugging Face gives a composed character the place of its base letter alone; here it also covers the accents. These
# texts are compared by ids only.
IDS_ONLY = [
    "cafe\u0301 a\u0308\u0323 combining o\u0302",
    "\u1112\u1161\u11ab jamo",
    "control\u0001char\u0007s",
]


def utf16(text, offset):
    return len(text[:offset].encode("utf-16-le")) // 2


def record(encode, decode):
    results = []
    for text in TEXTS + IDS_ONLY:
        encoding = encode(text)
        ids = encoding.ids
        offsets = [[utf16(text, start), utf16(text, end)] for start, end in encoding.offsets]
        results.append({"ids": ids, "offsets": None if text in IDS_ONLY else offsets[:-1], "decoded": decode(ids)})
    return results


def end_with_eos(tokenizer):
    tokenizer.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)]
    )
    tokenizer.decoder = decoders.Metaspace()
    return tokenizer


def unigram_nfkc():
    """The whole text as one piece, spaces collapsed by the normaliser."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=400, special_tokens=SPECIAL, unk_token="<unk>", show_progress=False)
    tokenizer.train(["corpus.txt"], trainer)
    return end_with_eos(tokenizer)


def unigram_precompiled():
    """As the T5 models have it: SentencePiece's character map, words, then the block character for spaces."""
    with tempfile.TemporaryDirectory() as folder:
        prefix = os.path.join(folder, "t5")
        sentencepiece.SentencePieceTrainer.train(
            input="corpus.txt", model_prefix=prefix, vocab_size=320, model_type="unigram", pad_id=0, eos_id=1, unk_id=2,
            bos_id=-1, minloglevel=2,
        )
        proto = sentencepiece_model_pb2.ModelProto()
        with open(prefix + ".model", "rb") as file:
            proto.ParseFromString(file.read())
    vocabulary = [(piece.piece, piece.score) for piece in proto.pieces]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=2, byte_fallback=False))
    tokenizer.add_special_tokens(SPECIAL)
    tokenizer.normalizer = normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    return end_with_eos(tokenizer)


def save(folder, tokenizer):
    content = json.loads(tokenizer.to_str())
    if content["normalizer"]["type"] == "Precompiled":
        # About 320 KB that the JavaScript library does not read: it knows SentencePiece's standard map by heart.
        content["normalizer"]["precompiled_charsmap"] = ""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "tokenizer.json"), "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False)


def auto_tokenizer():
    """The saved folder as users meet it: with the config.json of a T5 model beside it."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree("byte-level", folder, dirs_exist_ok=True)
        T5Config(vocab_size=900, d_model=8, d_kv=4, d_ff=8, num_layers=1, num_heads=2).save_pretrained(folder)
        return AutoTokenizer.from_pretrained(folder)


def main():
    auto = auto_tokenizer()
    assert (auto.pad_token_id, auto.eos_token_id, auto.unk_token_id) == (0, 1, 2)
    golden = {
        "texts": TEXTS + IDS_ONLY,
        "byte-level": record(lambda text: auto(text).encodings[0], lambda ids: auto.decode(ids, skip_special_tokens=True)),
    }
    for name, tokenizer in [("unigram-nfkc", unigram_nfkc()), ("unigram-precompiled", unigram_precompiled())]:
        save(name, tokenizer)
        golden[name] = record(tokenizer.encode, tokenizer.decode)
    with open("golden.json", "w", encoding="utf-8") as file:
        json.dump(golden, file)
        file.write("\n")


main()
