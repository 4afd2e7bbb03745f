import { stat } from 'node:fs/promises';
import { UserError } from '../common/index.ts';
import { type Device, DeviceHost, type DeviceRequest } from '../onnx/index.ts';
import { generateGreedy, openModelFolder, readConfig, scoreTargets, type T5Runner, Tokenizer } from '../t5/index.ts';
import { OwnWords, wordsFromStore } from './grounded-words.ts';
import { Grounding } from './grounding.ts';
import { type Manifest, type ModelLabel, readManifest } from './manifest.ts';
import { fillPrompt } from './prompts.ts';

/** A label with the probability the model gives it. */
export interface LabelProbability {
  readonly label: ModelLabel;
  readonly probability: number;
}

export interface Prediction {
  /** The most probable label: always one of the model's labels. */
  readonly label: ModelLabel;
  /** One entry per label, in the model's order; they sum to 1. */
  readonly probabilities: readonly LabelProbability[];
  /** Whether the note was longer than the model can read, and its end was left out. */
  readonly truncated: boolean;
}

export interface ExplainOptions {
  /** Called with the whole rationale so far, at every token. After a change of device it begins anew. */
  readonly onText?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** A triage model, opened: predicts a note's label and writes the rationale for a label. */
export class TriageModel {
  readonly manifest: Manifest;
  readonly #tokenizer: Tokenizer;
  readonly #host: DeviceHost<T5Runner>;
  readonly #labelTargets: readonly (readonly number[])[];
  /** Undefined where the model does not say them. */
  readonly #ownWords: OwnWords | undefined;

  private constructor(manifest: Manifest, tokenizer: Tokenizer, host: DeviceHost<T5Runner>) {
    this.manifest = manifest;
    this.#tokenizer = tokenizer;
    this.#host = host;
    this.#labelTargets = manifest.labels.map(({ text }) => tokenizer.encodeIds(text));
    this.#ownWords = ownWordsIn(manifest);
  }

  /**
   * Opens a model folder on the first device that works.
   *
   * @throws UserError when the folder is not a whole model, or its parts do not belong together.
   */
  static async open(folder: string, request: DeviceRequest): Promise<TriageModel> {
    if (!(await isFolder(folder))) throw new UserError(`${folder}: there is no such model folder.`);
    const manifest = await readManifest(folder);
    const config = await readConfig(folder);
    const tokenizer = await Tokenizer.load(folder);
    if (tokenizer.fingerprint !== manifest.tokenizer || tokenizer.vocabularySize > config.vocabularySize) {
      throw new UserError(
        `${folder}: tokenizer.json belongs to another model; restore the one this model was trained with.`,
      );
    }
    // A short note of no patient, long enough that a wrong kernel shows in its tokens.
    const checkPrompt = tokenizer.encodeIds(
      fillPrompt(manifest.prompts.predict, 'chest pain, HR 118, BP 92/60, SpO2 91%'),
    );
    const host = await DeviceHost.open(request, {
      open: (device: Device) => openModelFolder(folder, device),
      release: (runner) => runner.release(),
      check: async (runner) => {
        const encoded = await runner.encode([checkPrompt]);
        const [tokens = []] = await generateGreedy(runner, encoded, { maxNewTokens: 8 });
        return tokens;
      },
    });
    return new TriageModel(manifest, tokenizer, host);
  }

  get device(): Device {
    return this.#host.device;
  }

  /** One line: which device it runs on, and why not another. */
  get deviceExplanation(): string {
    return this.#host.explanation;
  }

  /**
   * Scores every label against the note in one pass.
   *
   * @throws UserError when the weights give no finite score.
   */
  async predict(note: string): Promise<Prediction> {
    const { ids, truncated } = this.#encodePrompt(fillPrompt(this.manifest.prompts.predict, note));
    const scores = await this.#host.use(async (runner) =>
      scoreTargets(runner, await runner.encode([ids]), this.#labelTargets),
    );
    if (!scores.every(Number.isFinite)) {
      throw new UserError(
        `The model ${this.manifest.id} gives no number for a label: its weights are damaged; copy it again.`,
      );
    }
    const { labels, calibration: { temperature, weights } = { temperature: 1 } } = this.manifest;
    const probabilities = softmax(
      scores.map((score, i) => score / temperature + Math.log(weights?.[labels[i]?.id ?? ''] ?? 1)),
    );
    const entries = labels.map((label, i) => ({ label, probability: probabilities[i] ?? 0 }));
    const best = entries.reduce((highest, entry) => (entry.probability > highest.probability ? entry : highest));
    return { label: best.label, probabilities: entries, truncated };
  }

  /**
   * Writes the rationale for a label, which need not be the predicted one: a reviewer who changes the label can have the
   * rationale for it. Every number in it stands in the note, and every word that is not of the rationales' own; it ends where it
   * would begin to repeat itself.
   *
   * @throws the signal's reason when aborted.
   */
  async explain(note: string, label: ModelLabel, options: ExplainOptions = {}): Promise<string> {
    const { onText, signal } = options;
    signal?.throwIfAborted();
    const { ids } = this.#encodePrompt(fillPrompt(this.manifest.prompts.explain, note, label.text));
    const grounding = new Grounding(note, this.#ownWords);
    const { rationaleTokens } = this.manifest.limits;
    const rationale = await this.#host.use(async (runner) => {
      const tokens: number[] = [];
      const allows = (_: number, token: number) => {
        const isEnd = token === runner.config.endId;
        const text = this.#tokenizer.decode(tokens);
        if (!grounding.mayGoOn(text)) return isEnd;
        return isEnd ? grounding.isWhole(text) : grounding.mayBegin(this.#tokenizer.decode([...tokens, token]));
      };
      try {
        await generateGreedy(runner, await runner.encode([ids]), {
          maxNewTokens: rationaleTokens,
          ...(signal === undefined ? {} : { signal }),
          allows,
          onToken: (_, token) => {
            tokens.push(token);
            onText?.(this.#tokenizer.decode(tokens));
          },
        });
      } catch (error) {
        // Thrown outside, for the host would take the signal's reason for a failure of the device.
        if (signal?.aborted !== true) throw error;
      }
      const text = this.#tokenizer.decode(tokens);
      return tokens.length < rationaleTokens && grounding.isWhole(text) ? text : grounding.mended(text);
    });
    signal?.throwIfAborted();
    return rationale;
  }

  async release(): Promise<void> {
    await this.#host.release();
  }

  #encodePrompt(prompt: string): { readonly ids: readonly number[]; readonly truncated: boolean } {
    const limit = this.manifest.limits.inputTokens;
    // One token more than may be read tells whether there was more.
    const ids = this.#tokenizer.encodeIds(prompt, { maxLength: limit + 1 });
    if (ids.length <= limit) return { ids, truncated: false };
    return { ids: [...ids.slice(0, limit - 1), this.#tokenizer.eosId], truncated: true };
  }
}

function ownWordsIn({ rationaleWords, labels }: Manifest): OwnWords | undefined {
  if (rationaleWords === undefined) return undefined;
  return new OwnWords(
    wordsFromStore(rationaleWords),
    labels.map(({ text }) => text),
  );
}

function softmax(logarithms: readonly number[]): number[] {
  const highest = Math.max(...logarithms);
  const powers = logarithms.map((value) => Math.exp(value - highest));
  const total = powers.reduce((sum, value) => sum + value, 0);
  return powers.map((value) => value / total);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
