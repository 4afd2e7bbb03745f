// What the tests need of the system: Chromium, in which the extension is tested, and SwiftShader, a Vulkan driver in software
// that Debian ships with it and with which the WebGPU tests run on a machine without a GPU.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { run } from './processes.mjs';

const loader = '/usr/lib/x86_64-linux-gnu/libvulkan.so.1';
const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Installs what is missing where that is possible, and gives a sentence about each thing that cannot be tested without it. */
export async function ensureSystemPackages() {
  if (!available() && process.platform === 'linux' && process.getuid() === 0 && isOnPath('apt-get')) {
    console.error('Installing Chromium, for the tests of the extension, and the Vulkan loader, which happens once…');
    const updated = (await aptGet('update')) === 0;
    if (updated) await aptGet('install', '--yes', '--no-install-recommends', 'chromium', 'libvulkan1');
  }
  const missing = [];
  if (findChromium() === undefined) {
    missing.push('The extension and its sidebar: there is no Chromium (on Debian: apt-get install chromium).');
  }
  if (!hasSwiftShader()) {
    missing.push(`WebGPU: ${driver} or the Vulkan loader is missing (on Debian: apt-get install chromium libvulkan1).`);
  }
  return missing;
}

const hasSwiftShader = () => existsSync(driver) && existsSync(loader);
const available = () => hasSwiftShader() && findChromium() !== undefined;

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function aptGet(...options) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', ['--quiet=2', ...options], { env, stdio: ['ignore', 2, 2] });
}
