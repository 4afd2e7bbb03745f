import * as v from 'valibot';
import { type AlignedText, alignNormalized, alignPrepended, alignReplaced, alignSlice } from './token-offsets.ts';
import { type Normalizer, type Pattern, tokenizersLibrary } from './tokenizer-library.ts';

/** One step of a tokenizer's normalisation, on a plain text and on one that keeps its places in the original. */
export interface NormalizationStep {
  apply(text: string): string;
  align(text: AlignedText): AlignedText;
}

const PatternConfig = v.union([v.object({ String: v.string() }), v.object({ Regex: v.string() })]);

const NormalizerConfig = v.variant('type', [
  v.looseObject({ type: v.literal('NFC') }),
  v.looseObject({ type: v.literal('NFD') }),
  v.looseObject({ type: v.literal('NFKC') }),
  v.looseObject({ type: v.literal('NFKD') }),
  v.looseObject({ type: v.literal('Precompiled') }),
  v.looseObject({ type: v.literal('Replace'), pattern: PatternConfig, content: v.string() }),
  v.looseObject({ type: v.literal('Strip'), strip_left: v.boolean(), strip_right: v.boolean() }),
  v.looseObject({ type: v.literal('Prepend'), prepend: v.string() }),
  v.looseObject({ type: v.literal('Sequence'), normalizers: v.array(v.unknown()) }),
]);

/**
 * Reads the `normalizer` of a tokenizer.json.
 * @throws valibot's ValiError for a step that is not known here.
 */
export function readNormalization(config: unknown): NormalizationStep[] {
  if (config === null || config === undefined) return [];
  const step = v.parse(NormalizerConfig, config);
  switch (step.type) {
    case 'Sequence':
      return step.normalizers.flatMap(readNormalization);
    case 'NFC':
      return [local(new tokenizersLibrary.NFCNormalizer({}))];
    case 'NFD':
      return [local(new tokenizersLibrary.NFDNormalizer({}))];
    case 'NFKC':
      return [local(new tokenizersLibrary.NFKCNormalizer({}))];
    case 'NFKD':
      return [local(new tokenizersLibrary.NFKDNormalizer({}))];
    case 'Precompiled':
      return [local(sentencePieceNormalizer())];
    case 'Replace':
      return [replacement(step.pattern, step.content)];
    case 'Strip':
      return [strip(step.strip_left, step.strip_right)];
    case 'Prepend':
      return [
        {
          apply: (text) => (text === '' ? text : step.prepend + text),
          align: (text) => alignPrepended(text, step.prepend),
        },
      ];
  }
}

/**
 * The library stands in for every precompiled character map with SentencePiece's nmt_nfkc, the one that T5 models carry,
 * but takes the zero-width joiner for a space, which in Hugging Face's reading of that map stays.
 */
function sentencePieceNormalizer(): Normalizer {
  const joiner = '\u200d';
  const normalizer = new tokenizersLibrary.PrecompiledNormalizer({});
  return {
    normalize: (text) =>
      text
        .split(joiner)
        .map((part) => normalizer.normalize(part))
        .join(joiner),
  };
}

function local(normalizer: Normalizer): NormalizationStep {
  const apply = (text: string) => normalizer.normalize(text);
  return { apply, align: (text) => alignNormalized(text, apply) };
}

function replacement(config: Pattern, content: string): NormalizationStep {
  const { pattern } = new tokenizersLibrary.ReplaceNormalizer({ pattern: config });
  return {
    apply: (text) => text.replaceAll(pattern, (match) => (match === '' ? '' : content)),
    align: (text) => alignReplaced(text, pattern, content),
  };
}

function strip(left: boolean, right: boolean): NormalizationStep {
  const kept = (text: string): [from: number, to: number] => {
    const from = left ? (/^\p{White_Space}*/u.exec(text)?.[0].length ?? 0) : 0;
    let to = text.length;
    while (right && to > from && /\p{White_Space}/u.test(text.charAt(to - 1))) to--;
    return [from, to];
  };
  return {
    apply: (text) => text.slice(...kept(text)),
    align: (text) => alignSlice(text, ...kept(text.text)),
  };
}
