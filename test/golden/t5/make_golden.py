"""Writes the golden numbers that the T5 tests compare with, computed by Hugging Face transformers.

    python make_golden.py [--out FOLDER]

Two tiny random models, v1_0 (ReLU, tied embeddings) and v1_1 (gated GELU, a separate output matrix, three heads so that
the attention's inner width differs from d_model), small safetensors files in half precision, and the table of relative
position buckets. Parameters are drawn far larger than T5's own initial values, because there logits are nearly flat,
gradients nearly nothing, and a mistake would not show.

The reference values are computed in float64 from the float32 parameters in model.safetensors and then rounded to
float32, so a reader's difference from them is the reader's own. How far float32 transformers is from them stands in
expected.json beside them (float32Differences).
"""

import argparse
import json
import platform
from pathlib import Path

import numpy
import safetensors
import torch
import transformers
from safetensors.torch import save_file
from torch import nn
from transformers import T5Config, T5ForConditionalGeneration
from transformers.models.t5.modeling_t5 import T5Attention, T5LayerNorm
from transformers.optimization import Adafactor

VOCABULARY_SIZE = 64
PAD, END = 0, 1
INPUT_LENGTHS = (20, 13, 5)
# Nine target tokens reach a distance of eight in the decoder, where its logarithmic buckets begin a new one.
TARGET_LENGTHS = (9, 6, 2)
CHOICE_LENGTHS = (1, 2, 3, 5, 8)
NEW_TOKENS = 12
STEPS = 10

# The seeds are chosen so that greedy decoding ends by itself in some row and not in every row, never has to decide
# between two near-equal logits, and so that ten optimiser steps do not magnify rounding: Adam and Adafactor divide a
# gradient by its own size, which makes many such runs chaotic. make_variant stops when any of it is not so.
VARIANTS = {
    "v1_0": dict(
        seed=15,
        config=dict(
            feed_forward_proj="relu",
            tie_word_embeddings=True,
            num_layers=2,
            num_decoder_layers=2,
            num_heads=2,
        ),
    ),
    "v1_1": dict(
        seed=149,
        config=dict(
            feed_forward_proj="gated-gelu",
            tie_word_embeddings=False,
            num_layers=2,
            num_decoder_layers=3,
            num_heads=3,
            # Not T5's own 1e-6, of which a reader that ignores it would miss nothing.
            layer_norm_epsilon=1e-3,
        ),
    ),
}

ADAMW = dict(lr=0.01, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
ADAFACTOR = dict(
    lr=0.05,
    eps=(1e-30, 1e-3),
    clip_threshold=1.0,
    decay_rate=-0.8,
    beta1=None,
    weight_decay=0.0,
    scale_parameter=True,
    relative_step=False,
    warmup_init=False,
)


def layer_norm_in_own_precision(self, hidden_states):
    """T5LayerNorm.forward without its cast of the variance to float32, which would spoil a float64 reference."""
    variance = hidden_states.pow(2).mean(-1, keepdim=True)
    return self.weight * (hidden_states * torch.rsqrt(variance + self.variance_epsilon))


def draw_parameter(name, shape, generator):
    normal = torch.from_numpy(generator.standard_normal(shape)).float()
    if "layer_norm" in name:
        return 1 + 0.2 * normal
    if "relative_attention_bias" in name or name == "shared.weight":
        return normal
    # Queries and keys smaller: nearly one-hot attention loses digits in its gradient. The rest large enough that the
    # tied model does not merely repeat the token it is given.
    return (0.15 if name.endswith((".q.weight", ".k.weight")) else 0.4) * normal


def make_model(config, generator):
    model = T5ForConditionalGeneration._from_config(config, attn_implementation="eager")
    if not config.scale_decoder_outputs:
        # transformers 5 ties the output matrix of every new T5, v1.1 too, and unties only on loading a checkpoint
        # that holds both. scale_decoder_outputs is what remains there of tie_word_embeddings=False.
        model.lm_head.weight = nn.Parameter(torch.empty_like(model.shared.weight))
        model.all_tied_weights_keys.pop("lm_head.weight")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(draw_parameter(name, tuple(parameter.shape), generator))
    return model.eval()


def write_published_config(folder):
    """The same config as the published v1.0 and v1.1 checkpoints carry it, from transformers 4 and before."""
    config = json.loads((folder / "config.json").read_text())
    config["tie_word_embeddings"] = config.pop("scale_decoder_outputs")
    for key in ("is_gated_act", "dense_act_fn", "is_decoder", "classifier_dropout", "dtype", "transformers_version"):
        del config[key]
    (folder / "config.published.json").write_text(json.dumps(config, indent=2) + "\n")


def load(folder, dtype):
    model = T5ForConditionalGeneration.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
    return model.to(dtype).eval()


def padded(rows, value):
    length = max(map(len, rows))
    return torch.tensor([row + [value] * (length - len(row)) for row in rows])


def draw_tokens(length, generator):
    """`length` tokens, none special but the last, which ends the sequence."""
    return [*map(int, generator.integers(2, VOCABULARY_SIZE, length - 1)), END]


def draw_batch(generator):
    inputs = [draw_tokens(length, generator) for length in INPUT_LENGTHS]
    input_ids = padded(inputs, PAD)
    return dict(
        input_ids=input_ids,
        attention_mask=(input_ids != PAD).long(),
        labels=padded([draw_tokens(length, generator) for length in TARGET_LENGTHS], -100),
    )


def forward_and_backward(model, batch):
    """Encoder output, logits and all gradients, by the names in expected.safetensors; and the loss."""
    output = model(**batch)
    output.loss.backward()
    mask = batch["attention_mask"].unsqueeze(-1)
    tensors = {"encoder_output": output.encoder_last_hidden_state * mask, "logits": output.logits}
    tensors |= {f"gradient.{name}": parameter.grad for name, parameter in model.named_parameters()}
    model.zero_grad(set_to_none=True)
    return {name: tensor.detach().clone() for name, tensor in tensors.items()}, output.loss.item()


def training_losses(model, batch, make_optimizer):
    """The losses before each of STEPS steps on the same batch."""
    optimizer = make_optimizer(model.parameters())
    losses = []
    for _ in range(STEPS):
        loss = model(**batch).loss
        losses.append(loss.item())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    return losses


def adamw(parameters):
    return torch.optim.AdamW(parameters, **ADAMW)


def adafactor(parameters):
    return Adafactor(parameters, **ADAFACTOR)


@torch.no_grad()
def greedy(model, batch):
    """Greedy token ids, the start token first, and the smallest distance there was between the two best logits.

    Without a cache, because transformers 5.23 makes one of num_layers layers whatever num_decoder_layers is.
    """
    output = model.generate(
        input_ids=batch["input_ids"],
        attention_mask=batch["attention_mask"],
        use_cache=False,
        num_beams=1,
        do_sample=False,
        max_new_tokens=NEW_TOKENS,
        return_dict_in_generate=True,
        output_logits=True,
    )
    best = torch.stack(output.logits, dim=1).topk(2, dim=-1).values
    return output.sequences.tolist(), (best[..., 0] - best[..., 1]).min().item()


@torch.no_grad()
def choice_log_probabilities(model, batch, choices):
    """log p(choice | first input): the sum over the choice's tokens, the end token included."""
    input_ids = batch["input_ids"][:1, : INPUT_LENGTHS[0]]
    result = []
    for choice in choices:
        labels = torch.tensor([choice])
        log_probabilities = model(input_ids=input_ids, labels=labels).logits.log_softmax(-1)
        result.append(log_probabilities.gather(-1, labels.unsqueeze(-1)).sum().item())
    return result


def largest_difference(values, reference):
    """max |values − reference| / max |reference|."""
    values, reference = (torch.as_tensor(x, dtype=torch.float64) for x in (values, reference))
    return ((values - reference).abs().max() / reference.abs().max()).item()


def rounded(values):
    return [float(numpy.float32(value)) for value in values]


def write_json(path, value):
    """One line for each member, so that a changed number shows as one changed line."""
    lines = (f"  {json.dumps(key)}: {json.dumps(member)}" for key, member in value.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def require(condition, message):
    if not condition:
        raise SystemExit(f"make_golden: {message}")


def made_with():
    return dict(
        python=platform.python_version(),
        torch=torch.__version__,
        transformers=transformers.__version__,
        safetensors=safetensors.__version__,
        numpy=numpy.__version__,
    )


def make_variant(folder, seed, config):
    generator = numpy.random.default_rng(seed)
    config = T5Config(
        vocab_size=VOCABULARY_SIZE,
        d_model=16,
        d_kv=8,
        d_ff=32,
        relative_attention_num_buckets=8,
        relative_attention_max_distance=16,
        decoder_start_token_id=PAD,
        **config,
    )
    make_model(config, generator).save_pretrained(folder)
    write_published_config(folder)
    batch = draw_batch(generator)
    choices = [draw_tokens(length, generator) for length in CHOICE_LENGTHS]

    results = {}
    for dtype in (torch.float64, torch.float32):
        tensors, loss = forward_and_backward(load(folder, dtype), batch)
        tokens, margin = greedy(load(folder, dtype), batch)
        results[dtype] = dict(
            tensors=tensors,
            loss=loss,
            tenAdamWLosses=training_losses(load(folder, dtype), batch, adamw),
            tenAdafactorLosses=training_losses(load(folder, dtype), batch, adafactor),
            greedyTokens=tokens,
            margin=margin,
            choiceLogProbabilities=choice_log_probabilities(load(folder, dtype), batch, choices),
        )
    exact, single = results[torch.float64], results[torch.float32]

    ended = [END in row for row in exact["greedyTokens"]]
    require(any(ended) and not all(ended), f"{folder.name}: {sum(ended)} rows end by themselves; try another seed")
    require(exact["margin"] > 0.02, f"{folder.name}: the best two logits are nearly equal; try another seed")
    require(exact["greedyTokens"] == single["greedyTokens"], f"{folder.name}: float32 decodes other tokens")

    tensors = {name: tensor.float().contiguous() for name, tensor in exact["tensors"].items()}
    for name, tensor in tensors.items():
        require(tensor.abs().max() > 1e-3, f"{folder.name}: {name} is nearly nothing; try another seed")
    save_file(tensors, folder / "expected.safetensors")

    scalars = ("loss", "tenAdamWLosses", "tenAdafactorLosses", "choiceLogProbabilities")
    differences = {name: largest_difference(single[name], exact[name]) for name in scalars}
    differences |= {
        group: max(
            largest_difference(tensor, exact["tensors"][name])
            for name, tensor in single["tensors"].items()
            if name.startswith(group)
        )
        for group in ("encoder_output", "logits", "gradient")
    }
    for name, difference in differences.items():
        require(difference < 1e-5, f"{folder.name}: float32 {name} is {difference:.1e} off; try another seed")
    write_json(
        folder / "expected.json",
        dict(
            madeWith=made_with(),
            seed=seed,
            **{name: tensor.tolist() for name, tensor in batch.items()},
            loss=rounded([exact["loss"]])[0],
            adamWSettings=dict(
                lr=ADAMW["lr"],
                beta1=ADAMW["betas"][0],
                beta2=ADAMW["betas"][1],
                eps=ADAMW["eps"],
                weight_decay=ADAMW["weight_decay"],
            ),
            tenAdamWLosses=rounded(exact["tenAdamWLosses"]),
            adafactorSettings=ADAFACTOR,
            tenAdafactorLosses=rounded(exact["tenAdafactorLosses"]),
            greedyTokens=exact["greedyTokens"],
            smallestGreedyMargin=exact["margin"],
            choices=choices,
            choiceLogProbabilities=rounded(exact["choiceLogProbabilities"]),
            float32Differences=differences,
        ),
    )
    print(folder.name, json.dumps(differences), "margin", round(exact["margin"], 3))


def make_half_precision(folder):
    """The same few tensors as F16 and BF16, and the numbers a reader must find in each."""
    folder.mkdir(parents=True, exist_ok=True)
    expected = {}
    for name, dtype in (("f16", torch.float16), ("bf16", torch.bfloat16)):
        limits = torch.finfo(dtype)
        smallest = limits.smallest_normal
        subnormal = smallest * limits.eps
        values = torch.from_numpy(numpy.random.default_rng(0).standard_normal((3, 5))).to(dtype)
        tensors = {
            "matrix": values,
            "limits": torch.tensor(
                [0.0, -0.0, 1.0, -2.5, limits.max, limits.min]
                + [smallest, subnormal, smallest - subnormal, -3 * subnormal],
                dtype=torch.float64,
            ).to(dtype),
            "nonFinite": torch.tensor([float("inf"), float("-inf"), float("nan")], dtype=dtype),
            "scalar": torch.tensor(0.1, dtype=dtype),
            "empty": torch.zeros(0, 4, dtype=dtype),
        }
        save_file(tensors, folder / f"{name}.safetensors")
        expected[name] = {
            key: dict(shape=list(tensor.shape), values=[as_json(x) for x in tensor.float().flatten().tolist()])
            for key, tensor in tensors.items()
        }
    write_json(folder / "expected.json", dict(madeWith=made_with(), **expected))


def as_json(number):
    """JSON has no infinities and no NaN: they are written as the strings that JavaScript's Number() reads."""
    if number != number:
        return "NaN"
    return number if abs(number) != float("inf") else ("Infinity" if number > 0 else "-Infinity")


def make_relative_position_buckets(path):
    """Buckets of key position − query position, −200 … 200, for the published configs and for the tiny models."""
    positions = torch.arange(-200, 201)
    table = dict(madeWith=made_with(), relativePositions=positions.tolist())
    for bucket_count, maximum_distance in ((32, 128), (8, 16)):
        for stack, bidirectional in (("encoder", True), ("decoder", False)):
            table[f"{stack}-{bucket_count}-{maximum_distance}"] = T5Attention._relative_position_bucket(
                positions, bidirectional, bucket_count, maximum_distance
            ).tolist()
    write_json(path, table)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="default: this script's folder")
    out = parser.parse_args().out
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    T5LayerNorm.forward = layer_norm_in_own_precision
    for name, variant in VARIANTS.items():
        make_variant(out / name, **variant)
    make_half_precision(out / "half")
    make_relative_position_buckets(out / "relative-position-buckets.json")
    for path in out.rglob("*.safetensors"):
        path.chmod(0o644)


if __name__ == "__main__":
    main()
