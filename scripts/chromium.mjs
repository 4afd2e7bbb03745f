// The system's own Chromium, for the tests, benchmarks and screenshots in the workbench.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const places = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

/** Where the browser is: what CHROMIUM says, or a usual place; undefined when there is none. */
export function findChromium() {
  const paths = [process.env.CHROMIUM, ...(places[process.platform] ?? [])];
  return paths.find((path) => path !== undefined && existsSync(path));
}

export function launchChromium() {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('There is no Chromium; install it, or say in CHROMIUM where it is.');
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', ...quiet],
  });
}
