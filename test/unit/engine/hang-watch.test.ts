import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { HangWatch } from '../../../src/engine/hang-watch.ts';

function startWatch(limit: number): { readonly watch: HangWatch; hangs: number } {
  const result = { watch: new HangWatch(limit, () => result.hangs++), hangs: 0 };
  onTestFinished(() => result.watch.stop());
  result.watch.start();
  return result;
}

test('silence for the limit is a hang, told once', async () => {
  const watched = startWatch(100);
  await delay(50);
  expect(watched.hangs).toBe(0);
  await delay(450);
  expect(watched.hangs).toBe(1);
});

test('the time counts from the last sign', async () => {
  const watched = startWatch(400);
  for (let i = 0; i < 10; i++) {
    await delay(100);
    watched.watch.sign();
  }
  expect(watched.hangs).toBe(0);
});

test('silence is no hang while nothing is awaited', async () => {
  const watched = startWatch(100);
  watched.watch.stop();
  await delay(300);
  expect(watched.hangs).toBe(0);
});

test('time in which this process itself was stuck is not silence of the other side', async () => {
  const watched = startWatch(400);
  const end = performance.now() + 1000;
  while (performance.now() < end);
  await delay(50);
  expect(watched.hangs).toBe(0);
});
