import { UserError } from '../common/index.ts';
import type { DecidedLabel } from '../corrections/index.ts';

/** Finds this program's label for another tool's. */
export class LabelMap {
  readonly #labels: readonly DecidedLabel[];
  readonly #byName = new Map<string, DecidedLabel>();

  /**
   * @param labels the model's, the most urgent first.
   * @param theirs this program's label by the other tool's, where they do not speak for themselves.
   * @throws UserError for a pair that leads to no label.
   */
  constructor(labels: readonly DecidedLabel[], theirs: ReadonlyMap<string, string> = new Map()) {
    this.#labels = labels;
    for (const label of labels) {
      for (const name of [label.text, label.id]) this.#byName.set(plain(name), label);
    }
    const own = new Map(
      [...theirs].map(([their, ours]) => {
        const label = this.find(ours);
        if (label === null) throw this.#unknown(`--labels ${their.slice(0, 40)}`, ours);
        return [plain(their), label] as const;
      }),
    );
    for (const [name, label] of own) this.#byName.set(name, label);
  }

  /**
   * The label that a text or a number means: its text or id, whatever its case and hyphens; its level; or both, as in
   * `2 emergent`. Null for none.
   */
  find(value: string | number): DecidedLabel | null {
    const text = plain(String(value));
    const named = this.#byName.get(text);
    if (named !== undefined) return named;
    const numbered = /^(?:level |ctas |ktas )?(\d+)(?:\s*[.:)]?\s+(.+))?$/.exec(text);
    if (numbered === null) return null;
    const level = this.#labels.find((label) => label.level === Number(numbered[1])) ?? null;
    const word = numbered[2];
    return word === undefined || this.#byName.get(plain(word)) === level ? level : null;
  }

  /** @throws UserError, naming file and place, for a label that is none. */
  require(value: string | number, where: string): DecidedLabel {
    const label = this.find(value);
    if (label === null) throw this.#unknown(where, value);
    return label;
  }

  #unknown(where: string, value: string | number): UserError {
    const known = this.#labels.map(({ text, level }) => (level === null ? text : `${text} (${level})`)).join(', ');
    return new UserError(
      `${where}: "${String(value).slice(0, 40)}" is not one of the labels ${known}; say which it is with --labels THEIRS=OURS.`,
    );
  }
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s_\-–]+/g, ' ')
    .trim();
