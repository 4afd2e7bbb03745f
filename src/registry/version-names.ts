interface Identity {
  readonly id: string;
  readonly version: string;
}

/** The name of the folder that holds a version. */
export const nameOf = ({ id, version }: Identity): string => `${id}-${version}`;

/**
 * The version that follows another of the same model: `0.2.0` gives `0.2.0+1`, and that `0.2.0+2`.
 *
 * @param names of all versions that there are or ever were, so that no number is given twice.
 */
export function versionAfter({ id, version }: Identity, names: readonly string[]): string {
  const [base = version] = version.split('+');
  const prefix = nameOf({ id, version: `${base}+` });
  const numbers = names.filter((name) => name.startsWith(prefix)).map((name) => Number(name.slice(prefix.length)));
  return `${base}+${Math.max(0, ...numbers.filter(Number.isSafeInteger)) + 1}`;
}
