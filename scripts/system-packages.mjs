// SwiftShader, a Vulkan driver in software: with it the WebGPU tests run on a machine without a GPU. Debian ships it with
// Chromium.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';

const loader = '/usr/lib/x86_64-linux-gnu/libvulkan.so.1';
const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Installs the driver where that is possible; elsewhere says in one line what will be skipped. */
export async function ensureSwiftShader() {
  if (available()) return;
  if (process.platform === 'linux' && process.getuid() === 0 && isOnPath('apt-get')) {
    console.error(
      'Installing the Vulkan loader, and Chromium for its software GPU driver SwiftShader, which happens once…',
    );
    const updated = (await aptGet('update')) === 0;
    if (updated && (await aptGet('install', '--yes', '--no-install-recommends', 'chromium', 'libvulkan1')) === 0) {
      if (available()) return;
    }
  }
  console.error(
    `WebGPU tests will be skipped: ${driver} or the Vulkan loader is missing (on Debian: apt-get install chromium libvulkan1).`,
  );
}

const available = () => existsSync(driver) && existsSync(loader);

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function aptGet(...options) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', ['--quiet=2', ...options], { env, stdio: ['ignore', 2, 2] });
}
