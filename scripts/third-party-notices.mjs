// Gathers the licences of the packages whose code the extension carries.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.mjs';

/** One section for each package that the lock file does not count among the tools, with its licence in full. */
export function thirdPartyNotices() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const carried = Object.entries(packages).filter(([path, { dev, optional }]) => path !== '' && !dev && !optional);
  const sections = carried.map(([path, { version, license }]) => {
    const title = `${path.split('node_modules/').at(-1)} ${version} (${license ?? 'licence below'})`;
    return `${title}\n${'-'.repeat(title.length)}\n\n${licenceText(join(root, path))}`;
  });
  return `This extension carries code of these packages.\n\n${sections.join('\n\n')}\n`;
}

function licenceText(folder) {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|notice)/i.test(name));
  return names.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
}
