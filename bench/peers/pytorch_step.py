"""The peer of our training-step benchmark: one full step of Hugging Face transformers' T5 on PyTorch, on the CPU.

    python bench/peers/pytorch_step.py --config FILE --batch 8 --input 192 --target 64 --steps 5 --optimizer adamw --threads 2

Random float32 weights, one fixed batch of full-length sequences. A step is forward, backward, gradient clipping to norm 1,
optimiser step and the release of the gradients. Everything is what a user of transformers gets: its default attention, and
for AdamW the fused kernel that its Trainer takes. Prints one line of JSON; memory is in bytes.
"""

import argparse
import json
import resource
import statistics
import sys
import time

import torch
import transformers
from transformers import T5Config, T5ForConditionalGeneration
from transformers.optimization import Adafactor

WARM_UP_STEPS = 2


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", required=True, help="a Hugging Face config.json of a T5")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--input", type=int, default=192, help="input tokens")
    parser.add_argument("--target", type=int, default=64, help="target tokens")
    parser.add_argument("--steps", type=int, default=5, help=f"timed steps, after {WARM_UP_STEPS} untimed ones")
    parser.add_argument("--optimizer", choices=["adamw", "adafactor"], default="adamw")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--dropout", action="store_true", help="with the config's dropout_rate; else 0")
    return parser.parse_args()


def peak_resident_bytes():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def resident_bytes():
    """What the process holds now, so that the libraries can be told from the training; the peak so far without /proc."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:
        return peak_resident_bytes()


def make_model(path, dropout):
    with open(path) as file:
        values = json.load(file)
    if not dropout:
        values["dropout_rate"] = 0.0
    model = T5ForConditionalGeneration(T5Config(**values)).float()
    if not model.config.scale_decoder_outputs:
        # transformers 5 ties the output matrix of a new v1.1 model too; a checkpoint of one has its own.
        model.lm_head.weight = torch.nn.Parameter(torch.randn_like(model.shared.weight))
    return model.train()


def make_optimizer(name, parameters):
    if name == "adamw":
        return torch.optim.AdamW(parameters, lr=1e-4, fused=True)
    return Adafactor(parameters, lr=1e-3, scale_parameter=True, relative_step=False, warmup_init=False)


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    resident_before = resident_bytes()

    model = make_model(options.config, options.dropout)
    optimizer = make_optimizer(options.optimizer, model.parameters())
    vocabulary_size = model.config.vocab_size
    batch = dict(
        input_ids=torch.randint(2, vocabulary_size, (options.batch, options.input)),
        attention_mask=torch.ones(options.batch, options.input, dtype=torch.long),
        labels=torch.randint(2, vocabulary_size, (options.batch, options.target)),
    )

    milliseconds = []
    for step in range(WARM_UP_STEPS + options.steps):
        start = time.perf_counter()
        loss = model(**batch, use_cache=False).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step >= WARM_UP_STEPS:
            milliseconds.append(round((time.perf_counter() - start) * 1000, 1))

    print(
        json.dumps(
            dict(
                torch=torch.__version__,
                transformers=transformers.__version__,
                parameters=sum(parameter.numel() for parameter in model.parameters()),
                optimizer=options.optimizer,
                threads=options.threads,
                loss=loss.item(),
                milliseconds=dict(
                    median=statistics.median(milliseconds),
                    min=min(milliseconds),
                    all=milliseconds,
                ),
                peakResidentBytes=peak_resident_bytes(),
                residentBeforeBytes=resident_before,
            )
        )
    )


if __name__ == "__main__":
    main()
