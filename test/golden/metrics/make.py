"""Writes the golden values of the metrics, once: python make.py

Needs scikit-learn, NLTK, NumPy and SciPy (`versions` in each file says which made it). The TypeScript tests read the
JSON files beside this script and need no Python.
"""

import json
from pathlib import Path

import nltk
import numpy as np
import scipy
import sklearn
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from sklearn.metrics import (
    accuracy_score,
    cohen_kappa_score,
    confusion_matrix,
    f1_score,
    precision_recall_fscore_support,
)

HERE = Path(__file__).parent
TRIAGE = [
    ("resuscitation", 1),
    ("emergent", 2),
    ("urgent", 3),
    ("less urgent", 4),
    ("non-urgent", 5),
]
ANSWERS = [("yes", None), ("no", None), ("maybe", None)]
SPARSE = [("red", 1), ("orange", 2), ("green", 4)]
generator = np.random.default_rng(20251220)


def or_none(value):
    return None if np.isnan(value) else float(value)


def classification_case(name, labels, gold, predicted):
    """Gold and predicted are indices into labels."""
    texts = [text for text, _ in labels]
    gold_texts = [texts[i] for i in gold]
    predicted_texts = [texts[i] for i in predicted]
    precision, recall, f1, support = precision_recall_fscore_support(
        gold_texts, predicted_texts, labels=texts, zero_division=0
    )
    expected = {
        "n": len(gold),
        "accuracy": accuracy_score(gold_texts, predicted_texts),
        "macroF1": f1_score(gold_texts, predicted_texts, average="macro", zero_division=0),
        "perLevel": [
            {
                "label": text,
                "level": level,
                "support": int(support[i]),
                "precision": precision[i],
                "recall": recall[i],
                "f1": f1[i],
            }
            for i, (text, level) in enumerate(labels)
        ],
        "confusion": confusion_matrix(gold_texts, predicted_texts, labels=texts).tolist(),
        "underTriage": None,
        "overTriage": None,
        "quadraticKappa": None,
        "urgentRecall": None,
    }
    if labels[0][1] is not None:
        gold_levels = np.array([labels[i][1] for i in gold])
        levels = np.array([labels[i][1] for i in predicted])
        urgent = gold_levels <= 2
        # All levels from 1 to 5 are named, so that scikit-learn's weights are the distances between levels, not
        # between positions in the list of levels that happen to occur.
        kappa = cohen_kappa_score(gold_levels, levels, labels=[1, 2, 3, 4, 5], weights="quadratic")
        expected["underTriage"] = float(np.mean(levels > gold_levels))
        expected["overTriage"] = float(np.mean(levels < gold_levels))
        expected["quadraticKappa"] = or_none(kappa)
        expected["urgentRecall"] = float(np.mean(levels[urgent] <= 2)) if urgent.any() else None
    return {
        "name": name,
        "labels": [{"text": text, "level": level} for text, level in labels],
        "gold": gold_texts,
        "predicted": predicted_texts,
        "expected": expected,
    }


def draw_triage(count, frequencies):
    gold = generator.choice(5, size=count, p=frequencies)
    error = generator.choice([-2, -1, 0, 1, 2], size=count, p=[0.02, 0.1, 0.7, 0.15, 0.03])
    return gold.tolist(), np.clip(gold + error, 0, 4).tolist()


def classification():
    busy = draw_triage(400, [0.04, 0.18, 0.4, 0.28, 0.1])
    calm = draw_triage(60, [0, 0, 0.3, 0.4, 0.3])
    answers = generator.choice(3, size=(2, 150), p=[0.55, 0.34, 0.11]).tolist()
    return [
        classification_case("a busy day, all levels", TRIAGE, *busy),
        classification_case("no gold level 1 or 2", TRIAGE, *calm),
        classification_case("a level predicted but never gold, one in neither", TRIAGE, [1, 1, 2, 2, 3], [1, 0, 2, 3, 3]),
        classification_case("one prediction for everything", TRIAGE, [0, 1, 2, 3, 4, 2, 2], [2, 2, 2, 2, 2, 2, 2]),
        classification_case("one example, right", TRIAGE, [1], [1]),
        classification_case("one example, under-triaged", TRIAGE, [0], [4]),
        classification_case("all of one level", TRIAGE, [2, 2, 2], [2, 2, 2]),
        classification_case("levels with a gap", SPARSE, [0, 0, 1, 1, 2, 2, 2], [0, 1, 1, 2, 2, 0, 2]),
        classification_case("labels without levels", ANSWERS, *answers),
    ]


SENTENCES = [
    "Chest pain radiating to the left arm with diaphoresis suggests an acute coronary syndrome , level 2 .",
    "chest pain radiating to the jaw with diaphoresis suggests acute coronary syndrome , level 2 .",
    "SpO2 of 88 % on room air is moderate respiratory distress .",
    "spo2 of 88 % is moderate respiratory distress and the heart rate of 124 is fast",
    "Minor laceration of the finger , bleeding controlled , pain 2 of 10 .",
    "the the the the the the the",
    "the patient is alert and the pain is mild",
    "alert",
    "Alert",
    "fever",
    "fever cough",
    "fever and cough",
    "",
    "  \t white \n space   everywhere ",
    "white space everywhere",
]


def bleu():
    method4 = SmoothingFunction().method4
    pairs = []
    for reference in SENTENCES:
        for hypothesis in SENTENCES:
            score = sentence_bleu(
                [reference.lower().split()], hypothesis.lower().split(), smoothing_function=method4
            )
            pairs.append({"reference": reference, "hypothesis": hypothesis, "bleu": float(score)})
    return {"pairs": pairs, "mean": float(np.mean([pair["bleu"] for pair in pairs]))}


def intervals():
    correct = (generator.random(250) < 0.72).astype(int)
    skewed = generator.gamma(1.3, 2.0, size=120)
    values = {"share": correct, "skewed mean": skewed}
    return {
        "bootstrap": [
            {
                "name": name,
                "data": data.tolist(),
                **dict(
                    zip(
                        ("low", "high"),
                        map(
                            float,
                            scipy.stats.bootstrap(
                                (data,), np.mean, method="percentile", n_resamples=200_000, batch=1000, rng=1
                            ).confidence_interval,
                        ),
                    )
                ),
                "standardError": float(np.std(data) / np.sqrt(len(data))),
            }
            for name, data in values.items()
        ],
        "quantiles": [
            {"sorted": sorted(data), "fraction": fraction, "value": float(np.quantile(data, fraction))}
            for data in ([3.5], [1.0, 2.0], generator.normal(size=11).tolist())
            for fraction in (0, 0.025, 0.5, 0.6, 0.975, 1)
        ],
    }


def write(name, versions, content):
    document = {"versions": versions, **content}
    (HERE / name).write_text(json.dumps(document, indent=1) + "\n")


if __name__ == "__main__":
    write(
        "classification.json",
        {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        {"cases": classification()},
    )
    write("bleu.json", {"nltk": nltk.__version__}, bleu())
    write("intervals.json", {"numpy": np.__version__, "scipy": scipy.__version__}, intervals())
