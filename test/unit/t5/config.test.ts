import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configText, parseConfig, readConfig } from '../../../src/t5/index.ts';

const golden = join(import.meta.dirname, '..', '..', 'golden', 't5');
const smallest = { model_type: 't5', vocab_size: 32, d_model: 8, d_kv: 4, d_ff: 16, num_layers: 2, num_heads: 2 };

describe('a T5 configuration', () => {
  it.each(['v1_0', 'v1_1'])('of %s survives being written and read', async (version) => {
    const config = await readConfig(join(golden, version));
    expect(parseConfig(JSON.parse(configText(config)), 'written')).toEqual(config);
  });

  it('is written with fractions as fractions, which transformers insists on', () => {
    const text = configText(parseConfig({ ...smallest, dropout_rate: 0, initializer_factor: 2 }, 'given'));
    expect(text).toContain('"dropout_rate": 0.0,');
    expect(text).toContain('"initializer_factor": 2.0,');
    expect(text).toContain('"d_model": 8,');
  });

  it("takes transformers' defaults for what it leaves out", () => {
    const config = parseConfig(smallest, 'given');
    expect(config).toMatchObject({
      decoderLayers: 2,
      relativeBuckets: 32,
      relativeMaxDistance: 128,
      feedForward: 'relu',
      tiedEmbeddings: true,
      padId: 0,
      endId: 1,
      decoderStartId: 0,
    });
  });

  it.each([
    [{ ...smallest, model_type: 'bert' }, /given: model_type/],
    [{ ...smallest, d_model: 0 }, /given: d_model/],
    [{ ...smallest, feed_forward_proj: 'swiglu' }, /given: feed_forward_proj/],
    [[], /given/],
  ])('that is wrong names its field', (json, message) => {
    expect(() => parseConfig(json, 'given')).toThrow(message);
  });
});
