import { describe, expect, test } from 'vitest';
import packageJson from '../../../../package.json' with { type: 'json' };
import { keyLabel, keyOf, readKeyRules } from '../../../../src/extension/commands/keys.ts';

const contributed = [{ command: 'reason2decide.accept', key: 'ctrl+alt+r a', mac: 'ctrl+cmd+r a' }];
const accept = (users: string, platform: NodeJS.Platform = 'linux') =>
  keyOf('reason2decide.accept', contributed, readKeyRules(users), platform);

describe('the key of a command', () => {
  test('is the contributed one of the platform', () => {
    expect(accept('')).toBe('ctrl+alt+r a');
    expect(accept('[]', 'darwin')).toBe('ctrl+cmd+r a');
    expect(keyOf('reason2decide.other', contributed, [], 'linux')).toBeUndefined();
  });

  test('is the user’s where the user has one, whatever the file has besides', () => {
    const file = `// My keys, "all" of them
    [
      { "key": "f9", "command": "reason2decide.accept" /* quick */, "when": "reason2decide.reviewable" },
      { "key": "ctrl+k", "command": "somethingElse", "args": { "text": "// [no, comment],]" } },
    ]`;
    expect(accept(file)).toBe('f9');
  });

  test('is none where the user took it away', () => {
    expect(accept('[{ "key": "ctrl+alt+r a", "command": "-reason2decide.accept" }]')).toBeUndefined();
    expect(
      accept(
        '[{ "key": "f9", "command": "reason2decide.accept" }, { "key": "ctrl+alt+r a", "command": "-reason2decide.accept" }]',
      ),
    ).toBe('f9');
  });

  test('is the contributed one where the user’s file cannot be read', () => {
    expect(accept('[{ "key": ')).toBe('ctrl+alt+r a');
    expect(accept('{}')).toBe('ctrl+alt+r a');
    expect(accept('[1, null, "a", {"command": 5}]')).toBe('ctrl+alt+r a');
  });

  test('is written as people write it', () => {
    expect(keyLabel('ctrl+alt+r a', 'linux')).toBe('Ctrl+Alt+R A');
    expect(keyLabel('ctrl+cmd+r a', 'darwin')).toBe('⌃⌘R A');
    expect(keyLabel('shift+f9', 'win32')).toBe('Shift+F9');
    expect(keyLabel('ctrl++', 'linux')).toBe('Ctrl++');
  });
});

describe('the contributed keys', () => {
  const { keybindings, commands } = packageJson.contributes;

  test('are all different and belong to contributed commands', () => {
    expect(new Set(keybindings.map(({ key }) => key)).size).toBe(keybindings.length);
    expect(new Set(keybindings.map(({ mac }) => mac)).size).toBe(keybindings.length);
    const names = commands.map(({ command }) => command);
    for (const { command } of keybindings) expect(names).toContain(command);
  });

  test('count only where they make sense', () => {
    for (const { command, when } of keybindings) expect(when, command).toMatch(/\w/);
  });
});
