import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { generateSynthetic } from '../../../src/dataset/index.ts';
import {
  discardRetraining,
  type RetrainingOptions,
  type RetrainingRequest,
  readRetraining,
  resumeRetraining,
  startRetraining,
} from '../../../src/retraining/index.ts';
import { modelFingerprint } from '../../../src/triage/index.ts';
import { temporaryFolder } from '../corrections/decisions.ts';
import { mountRefused, mountSmallDisk } from '../training/small-disk.ts';
import { userErrorOf } from '../user-error.ts';
import { asDecided, storeOf } from './corrections.ts';
import { tinyRequest, trainTinyModel } from './tiny-registry.ts';

let model = '';
/** What an undisturbed retraining gives, which every disturbed one must give too. */
let fingerprint = '';

const root = { folder: '' };
beforeAll(async () => {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  root.folder = mkdtempSync(join(tmpdir(), 'reason2decide-retraining-'));
  model = await trainTinyModel(root.folder);
  const { provenance } = await startRetraining(tinyRequest(model, join(root.folder, 'undisturbed')), options());
  fingerprint = provenance.fingerprint;
  return () => rmSync(root.folder, { recursive: true });
});

function options(changes: Partial<RetrainingOptions> = {}): RetrainingOptions {
  return { device: 'cpu', ...changes };
}

/** Every file under a folder, with its content. */
function filesUnder(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => [name, readFileSync(join(folder, name), 'latin1')]);
}

/** Stops a retraining when it is so far, and gives what it was doing then. */
async function stopAt(request: RetrainingRequest, phase: RegExp, done: number): Promise<void> {
  const stop = new AbortController();
  const onProgress: RetrainingOptions['onProgress'] = (progress) => {
    if (phase.test(progress.phase) && progress.done === done) stop.abort();
  };
  await expect(startRetraining(request, options({ signal: stop.signal, onProgress }))).rejects.toThrow('abort');
}

describe('a retraining', () => {
  it('puts a candidate into the registry with its origin and its verdict, and uses it for nothing', async () => {
    const request = tinyRequest(model, temporaryFolder());
    const phases = new Set<string>();
    const { candidate, provenance } = await startRetraining(
      request,
      options({ onProgress: ({ phase }) => void phases.add(phase) }),
    );
    expect(candidate).toMatchObject({ name: 'tiny-1+1', current: false });
    expect((await request.registry.current()).name).toBe('shipped');
    expect(provenance.parent).toMatchObject({ name: 'shipped', fingerprint: await modelFingerprint(model) });
    expect(provenance.decisions).toMatchObject({ first: 1, last: 30 });
    expect(provenance.decisions.taught + provenance.decisions.heldOut).toBe(30);
    expect(provenance.verdict.criteria).toHaveLength(4);
    expect(provenance.fingerprint).toBe(fingerprint);
    expect(candidate.manifest.labels).toEqual((await request.registry.current()).manifest.labels);
    expect([...phases].slice(0, 2)).toEqual(['stage1', 'stage2']);
    for (const file of ['report.html', 'held-out.json', 'held-out-parent.json', 'training-log.jsonl']) {
      expect(existsSync(join(candidate.folder, file))).toBe(true);
    }
  });

  it('leaves no text and no name of a reviewed note behind, anywhere in the registry', async () => {
    const folder = temporaryFolder();
    const notes = [...generateSynthetic({ count: 30, seed: 77 })];
    const marked = asDecided(notes).map((decision, i) => ({
      ...decision,
      noteId: `wards/Zebrafinch ${i}.txt`,
      note: `${decision.note} quokka`,
      rationale: `${decision.rationale} Wombat.`,
    }));
    const request = { ...tinyRequest(model, temporaryFolder()), store: storeOf(marked, folder) };
    await startRetraining(request, options());
    for (const [, content] of filesUnder(request.registry.folder)) {
      expect(/quokka|wombat|zebrafinch/i.test(content)).toBe(false);
    }
    expect(await readRetraining(request.registry)).toBeUndefined();
  });

  it.each([
    ['stage 1', /stage1/, 2],
    ['stage 2, between two checkpoints', /stage2/, 7],
    ['measuring the candidate', /the candidate, on frozen/, 5],
  ])('that was stopped in %s goes on to the same candidate', async (_, phase, done) => {
    const request = tinyRequest(model, temporaryFolder());
    await stopAt(request, phase, done);
    expect(await readRetraining(request.registry)).toMatchObject({ running: false, plan: { version: '1+1' } });
    expect(await request.registry.list()).toHaveLength(1);
    expect(await userErrorOf(() => startRetraining(request, options()))).toContain('unfinished');
    const { provenance } = await resumeRetraining(request.registry, options());
    expect(provenance.fingerprint).toBe(fingerprint);
  });

  it('is told apart from others by what it is doing, while it runs', async () => {
    const request = tinyRequest(model, temporaryFolder());
    let running: boolean | undefined;
    const refused: Promise<string>[] = [];
    await startRetraining(
      request,
      options({
        onProgress: ({ phase, done }) => {
          if (phase !== 'stage2' || done !== 3) return;
          refused.push(userErrorOf(() => resumeRetraining(request.registry, options())));
          refused.push(userErrorOf(() => discardRetraining(request.registry)));
          void readRetraining(request.registry).then((state) => {
            running = state?.running;
          });
        },
      }),
    );
    expect(await Promise.all(refused)).toEqual([
      expect.stringContaining('running'),
      expect.stringContaining('running'),
    ]);
    expect(running).toBe(true);
  });

  it('can be discarded and begun anew', async () => {
    const request = tinyRequest(model, temporaryFolder());
    await stopAt(request, /stage1/, 2);
    expect(await discardRetraining(request.registry)).toBe(true);
    expect(await discardRetraining(request.registry)).toBe(false);
    expect(await userErrorOf(() => resumeRetraining(request.registry, options()))).toContain('no retraining');
    expect((await startRetraining(request, options())).provenance.fingerprint).toBe(fingerprint);
  });

  it('is stopped when the candidate diverges, and nothing is promoted or added', async () => {
    const request = tinyRequest(model, temporaryFolder(), {
      optimizer: 'adamw',
      learningRate: 30,
      warmUpSteps: 0,
      stage1Steps: 0,
      stage2Steps: 60,
    });
    expect(await userErrorOf(() => startRetraining(request, options()))).toMatch(/diverges|no longer a finite number/);
    expect(await request.registry.list()).toHaveLength(1);
  });

  it('loses nothing when the disk is full in the middle of a checkpoint', async (context) => {
    const disk = await mountSmallDisk(join(temporaryFolder(), 'disk'), '12m');
    if (disk === undefined) return context.skip(mountRefused);
    onTestFinished(() => disk.unmount());
    const request = tinyRequest(model, disk.folder);
    const onProgress: RetrainingOptions['onProgress'] = ({ phase, done }) => {
      // Room for the beginning of the next checkpoint, and not for its end.
      if (phase === 'stage2' && done === 4) disk.fill(60_000);
    };
    const message = await userErrorOf(() => startRetraining(request, options({ onProgress })));
    expect(message).toMatch(/checkpoint.*the disk is full.*run it again/);
    disk.empty();
    const { provenance } = await resumeRetraining(request.registry, options());
    expect(provenance.fingerprint).toBe(fingerprint);
  });

  it('does not go on from a model that was replaced meanwhile', async () => {
    const folder = temporaryFolder();
    const own = await trainTinyModel(folder);
    const request = tinyRequest(own, folder);
    await stopAt(request, /stage1/, 2);
    writeFileSync(join(own, 'model.safetensors'), 'other weights');
    expect(await userErrorOf(() => resumeRetraining(request.registry, options()))).toContain('another model');
  });
});

describe('what a retraining learns from', () => {
  const refusal = (decisions: Parameters<typeof storeOf>[0]) => {
    const request = tinyRequest(model, temporaryFolder());
    return userErrorOf(() => startRetraining({ ...request, store: storeOf(decisions) }, options()));
  };

  it('is refused in one sentence when it is nothing, one level alone, or too little to measure with', async () => {
    expect(await refusal([])).toContain('no decision to learn from yet');
    const notes = Array.from({ length: 30 }, (_, i) => ({ note: `chest pain ${i}` }));
    expect(await refusal(notes.map(({ note }) => ({ note, level: 2 })))).toMatch(/same level \(emergent\)/);
    expect(await refusal(notes.slice(0, 4).map(({ note }, i) => ({ note, level: 1 + i })))).toContain('review more');
  });

  it('is refused when there is no such store, and leaves nothing behind', async () => {
    const request = tinyRequest(model, temporaryFolder());
    const missing = join(temporaryFolder(), 'corrections.db');
    await userErrorOf(() => startRetraining({ ...request, store: missing }, options()));
    expect(existsSync(missing)).toBe(false);
    expect(await readRetraining(request.registry)).toBeUndefined();
  });
});
