import { describe, expect, it } from 'vitest';
import type { Complaint } from '../../../src/dataset/synthetic/complaint.ts';
import { COMPLAINTS } from '../../../src/dataset/synthetic/conditions/index.ts';
import { inPublishedOrder, PUBLISHED_ORDER } from '../../../src/dataset/synthetic/conditions/order.ts';

const complaint = (id: string): Complaint => ({
  id,
  system: 'general',
  name: id,
  wordings: [id],
  lay: [id],
  age: [0, 100],
  baseline: 5,
  conditions: [],
});

describe('the published order', () => {
  it('lists each complaint once, and nothing else', () => {
    expect(COMPLAINTS.map(({ id }) => id)).toEqual(PUBLISHED_ORDER);
    expect(new Set(PUBLISHED_ORDER).size).toBe(PUBLISHED_ORDER.length);
  });

  it('puts complaints in order, wherever they are gathered', () => {
    const ordered = inPublishedOrder([complaint('b'), complaint('a')], ['a', 'b']);
    expect(ordered.map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it.each([
    ['a complaint that it lacks', ['a', 'b'], ['a'], 'complaints that the order lacks: b'],
    ['an id without a complaint', ['a'], ['a', 'b'], 'ids without a complaint: b'],
    ['a complaint that occurs twice', ['a', 'b', 'b'], ['a', 'b'], 'complaints that occur twice: b'],
    ['an id that it lists twice', ['a', 'b'], ['a', 'b', 'a'], 'ids that the order lists twice: a'],
    ['both sides at once', ['a', 'b'], ['a', 'c'], 'complaints that the order lacks: b; ids without a complaint: c'],
  ])('refuses %s', (_, complaints, ids, message) => {
    const order = () => inPublishedOrder(complaints.map(complaint), ids);
    expect(order).toThrow(RangeError);
    expect(order).toThrow(message);
  });
});
