/** A key as a command's contribution or the user's own file of keys has it. */
export interface KeyRule {
  readonly command: string;
  readonly key?: string;
  readonly mac?: string;
}

/** The keys of the user's own file; what is no rule in it is left out. */
export function readKeyRules(text: string): KeyRule[] {
  let rules: unknown;
  try {
    rules = JSON.parse(withoutComments(text));
  } catch {
    return [];
  }
  return Array.isArray(rules) ? rules.filter(isKeyRule) : [];
}

/**
 * The key that starts a command: the last of the user's rules counts, and a rule for `-command` takes keys away.
 *
 * @returns undefined where it has none.
 */
export function keyOf(
  command: string,
  contributed: readonly KeyRule[],
  users: readonly KeyRule[],
  platform: NodeJS.Platform,
): string | undefined {
  const own = (rule: KeyRule) => (platform === 'darwin' ? (rule.mac ?? rule.key) : rule.key);
  let keys = contributed.filter((rule) => rule.command === command).map(own);
  for (const rule of users) {
    if (rule.command === command) keys.push(rule.key);
    else if (rule.command === `-${command}`) keys = keys.filter((key) => !isSameKey(key, rule.key));
  }
  return keys.filter((key) => key !== undefined && key !== '').at(-1);
}

/** A key such as `ctrl+alt+r a` as people write it: `Ctrl+Alt+R A`, on a Mac `⌃⌘R A`. */
export function keyLabel(key: string, platform: NodeJS.Platform): string {
  return key
    .trim()
    .split(/\s+/)
    .map((chord) => chordLabel(chord, platform))
    .join(' ');
}

function chordLabel(chord: string, platform: NodeJS.Platform): string {
  // The last key may be `+` itself.
  const parts = chord.toLowerCase().match(/[^+]+|\+(?=$)/g) ?? [];
  const names = parts.map((part) => partLabel(part, platform));
  return names.join(platform === 'darwin' ? '' : '+');
}

const macNames: Readonly<Record<string, string>> = { ctrl: '⌃', alt: '⌥', shift: '⇧', cmd: '⌘', meta: '⌘' };
const otherNames: Readonly<Record<string, string>> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  meta: 'Meta',
  win: 'Win',
};

function partLabel(part: string, platform: NodeJS.Platform): string {
  const known = (platform === 'darwin' ? macNames : otherNames)[part];
  return known ?? part.charAt(0).toUpperCase() + part.slice(1);
}

function isSameKey(left: string | undefined, right: string | undefined): boolean {
  return right === undefined || left?.toLowerCase() === right.toLowerCase();
}

function isKeyRule(value: unknown): value is KeyRule {
  if (typeof value !== 'object' || value === null) return false;
  const rule: Partial<Record<keyof KeyRule, unknown>> = value;
  return typeof rule.command === 'string' && (rule.key === undefined || typeof rule.key === 'string');
}

/** JSON with comments and with commas before a closing bracket, as the editor's files have them, to plain JSON. */
function withoutComments(text: string): string {
  const uncommented = text.replace(
    /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (_, string?: string) => string ?? ' ',
  );
  return uncommented.replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/g, (_, string?: string) => string ?? '');
}
