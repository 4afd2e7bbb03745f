import { expect, test } from 'vitest';
import { FairQueue } from '../../../src/engine/fair-queue.ts';

function takeAll(queue: FairQueue<string>): string[] {
  const taken: string[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
  return taken;
}

test('what others need comes first, then visible notes, then batches', () => {
  const queue = new FairQueue<string>();
  queue.push('batch 1', 'batch', '');
  queue.push('visible 1', 'visible', '');
  queue.push('batch 2', 'batch', '');
  queue.push('model', 'first', '');
  queue.push('visible 2', 'visible', '');
  expect(takeAll(queue)).toEqual(['model', 'visible 1', 'visible 2', 'batch 1', 'batch 2']);
});

test('batches take turns, each in its own order', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3', 'a4']) queue.push(item, 'batch', 'a');
  for (const item of ['b1', 'b2']) queue.push(item, 'batch', 'b');
  expect(queue.take()).toBe('a1');
  queue.push('c1', 'batch', 'c');
  expect(takeAll(queue)).toEqual(['b1', 'a2', 'c1', 'b2', 'a3', 'a4']);
});

test('the order it tells of is the order in which it gives', () => {
  const queue = new FairQueue<string>();
  for (const [item, batch] of ['a1', 'a2', 'b1', 'a3', 'c1', 'c2', 'a4', 'b2'].map((name) => [name, name[0]])) {
    queue.push(item ?? '', 'batch', batch ?? '');
  }
  queue.push('visible', 'visible', '');
  queue.take();
  queue.take();
  const order = queue.inOrder();
  expect(takeAll(queue)).toEqual(order);
  expect(order).toHaveLength(7);
});

test('an item that is removed is not given, and its empty batch loses its turn', () => {
  const queue = new FairQueue<string>();
  queue.push('a1', 'batch', 'a');
  queue.push('b1', 'batch', 'b');
  queue.push('visible', 'visible', '');
  queue.remove('a1');
  queue.remove('visible');
  queue.remove('never there');
  expect(takeAll(queue)).toEqual(['b1']);
});

test('clearing gives back all items, and none is left', () => {
  const queue = new FairQueue<string>();
  queue.push('a1', 'batch', 'a');
  queue.push('visible', 'visible', '');
  queue.push('model', 'first', '');
  expect(queue.clear()).toEqual(['model', 'visible', 'a1']);
  expect(queue.take()).toBeUndefined();
});
