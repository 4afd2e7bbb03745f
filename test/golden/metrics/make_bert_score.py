"""Writes the golden BERTScores and the tiny random encoders that they were computed with, once: python make_bert_score.py

Needs torch, transformers, tokenizers, onnx, onnxscript and bert_score (`versions` in expected.json says which made it). The
TypeScript tests read the files in bert-score/ and need no Python.
"""

import json
import shutil
import warnings
from importlib.metadata import version
from pathlib import Path

import onnx
import torch
from bert_score import utils
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertModel,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaModel,
    T5Config,
    T5EncoderModel,
    T5ForConditionalGeneration,
)

HERE = Path(__file__).parent
OUT = HERE / "bert-score"
RATIONALES = (HERE / "rationales.txt").read_text().splitlines()
LIMIT = 48
PAIRS = [
    *zip(RATIONALES[:10], RATIONALES[1:]),
    (RATIONALES[11], RATIONALES[11]),
    ("HR 124 is fast.", "HR is fast, 124."),
    ("HR 124 is fast.", ""),
    ("  HR 124 is fast. ", "HR 124 is fast."),
    ("Caf\u00e9, na\u00efve; 38.5\u00b0C!", "Cafe, naive; 38.5 C"),
    # Longer than the encoders read.
    (" ".join(RATIONALES[12:15]), " ".join(RATIONALES[13:16])),
]


def roberta(folder):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=420, special_tokens=special, initial_alphabet=alphabet)
    tokenizer.train_from_iterator(RATIONALES, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(sep=("</s>", 2), cls_token=("<s>", 0), add_prefix_space=False)
    config = RobertaConfig(
        vocab_size=420,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=LIMIT + 2,
        type_vocab_size=1,
        initializer_range=0.7,
    )
    names = dict(cls_token="<s>", sep_token="</s>", pad_token="<pad>", unk_token="<unk>", eos_token="</s>")
    # bert_score puts a space before the first word of RoBERTa's texts.
    return save(folder, RobertaModel(config, add_pooling_layer=False), tokenizer, names, prefix=" ")


def bert(folder):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    trainer = trainers.WordPieceTrainer(vocab_size=300, special_tokens=special)
    tokenizer.train_from_iterator(RATIONALES, trainer)
    tokenizer.post_processor = processors.BertProcessing(sep=("[SEP]", 3), cls_token=("[CLS]", 2))
    tokenizer.decoder = decoders.WordPiece()
    config = BertConfig(
        vocab_size=300,
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=LIMIT,
        initializer_range=0.7,
    )
    names = dict(cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]")
    return save(folder, BertModel(config, add_pooling_layer=False), tokenizer, names)


def t5(folder):
    """The whole model's weights: the test makes its graphs."""
    folder.mkdir(parents=True)
    shutil.copy(HERE.parent / "tokenizer" / "unigram-nfkc" / "tokenizer.json", folder)
    config = T5Config(
        vocab_size=356,
        d_model=16,
        d_kv=8,
        d_ff=24,
        num_layers=2,
        num_decoder_layers=1,
        num_heads=2,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=True,
        dropout_rate=0.0,
        decoder_start_token_id=0,
    )
    T5ForConditionalGeneration(config).save_pretrained(folder)
    (folder / "generation_config.json").unlink()
    (folder / "model.safetensors").chmod(0o644)
    model = T5EncoderModel.from_pretrained(folder).eval()
    names = dict(pad_token="<pad>", eos_token="</s>", unk_token="<unk>")
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"), model_max_length=512, **names)
    return model, tokenizer, ""


def save(folder, model, tokenizer, names, prefix=""):
    folder.mkdir(parents=True)
    model.eval()
    model.config.save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    example = torch.tensor([[0, 5, 6, 7, 2]])
    length = torch.export.Dim("tokens", min=2, max=LIMIT)

    class Features(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, input_ids, attention_mask):
            return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    torch.onnx.export(
        Features(),
        (example, torch.ones_like(example)),
        str(folder / "model.onnx"),
        input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"],
        dynamic_shapes={"input_ids": {1: length}, "attention_mask": {1: length}},
        opset_version=18,
        external_data=False,
        dynamo=True,
    )
    without_traces(folder / "model.onnx")
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=LIMIT, **names)
    return model, wrapped, prefix


def without_traces(path):
    """Takes out where in Python each node came from: most of the file."""
    graph = onnx.load(path)
    for part in [graph, graph.graph, *graph.graph.node, *graph.graph.value_info, *graph.graph.input, *graph.graph.output]:
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    graph.graph.ClearField("value_info")
    onnx.save(graph, path)


def scores(model, tokenizer, prefix, idf):
    """bert_score's own functions, with its scorer's weights; one pair at a time, so that no padding plays a part."""

    def sent_encode(tokenizer, text):
        text = text.strip()
        return tokenizer.encode(prefix + text if text else "", truncation=True, max_length=tokenizer.model_max_length)

    utils.sent_encode = sent_encode
    references = [reference for reference, _ in PAIRS]
    if idf:
        weights = utils.get_idf_dict(references, tokenizer, nthreads=0)
    else:
        weights = utils.defaultdict(lambda: 1.0)
        weights[tokenizer.sep_token_id] = 0
        weights[tokenizer.cls_token_id] = 0
    results = []
    for reference, hypothesis in PAIRS:
        parts = utils.bert_cos_score_idf(
            model, [reference], [hypothesis], tokenizer, weights, batch_size=1, device="cpu"
        )
        precision, recall, f1 = (None if value != value else value for value in parts[0].double().tolist())
        results.append({"precision": precision, "recall": recall, "f1": f1})
    return results


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    torch.manual_seed(20251220)
    shutil.rmtree(OUT, ignore_errors=True)
    encoders = []
    for name, make in [("roberta", roberta), ("bert", bert), ("t5", t5)]:
        model, tokenizer, prefix = make(OUT / name)
        text = PAIRS[0][0]
        encoders.append(
            {
                "name": name,
                "ids": tokenizer.encode(prefix + text, truncation=True, max_length=tokenizer.model_max_length),
                "plain": scores(model, tokenizer, prefix, idf=False),
                "idf": scores(model, tokenizer, prefix, idf=True),
            }
        )
    document = {
        "versions": {name: version(name) for name in ("bert_score", "torch", "transformers", "tokenizers")},
        "pairs": [{"reference": reference, "hypothesis": hypothesis} for reference, hypothesis in PAIRS],
        "encoders": encoders,
    }
    (OUT / "expected.json").write_text(json.dumps(document, indent=1) + "\n")
