import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { asWriteError, errorCode, ProcessLock, UserError } from '../common/index.ts';
import { type Manifest, manifestFile, modelFingerprint, readManifest } from '../triage/index.ts';
import { copyFolder } from './copy-folder.ts';
import { type Provenance, readProvenance, writeProvenance } from './provenance.ts';
import { type RegistryState, readState, writeState } from './state.ts';
import { nameOf, versionAfter } from './version-names.ts';

/** One model of the registry. */
export interface ModelVersion {
  /** `shipped`, or else the name of its folder. */
  readonly name: string;
  readonly folder: string;
  /** The model that comes with the program: version zero. */
  readonly shipped: boolean;
  /** The one in use. */
  readonly current: boolean;
  readonly manifest: Manifest;
  /** Undefined for a model that no retraining made. */
  readonly provenance: Provenance | undefined;
}

/** What is put into the registry with a model, apart from its own files: a file's name in the version's folder, and where it is now. */
export type Companions = Readonly<Record<string, string>>;

/** Version zero, whatever the model is called that an update of the program brings. */
const shippedName = 'shipped';
const lockFile = 'registry.lock';
/** How long to wait for another process that changes the registry, in milliseconds. */
const patience = 10_000;
/** Folders that begin so are no versions: work that was not finished. */
const adding = '.adding-';
const deleting = '.deleted-';

/**
 * The versions of a model: a folder of the user's that holds one folder a version, and the model that comes with the program as
 * version zero, which stays where it is and need not be writable. Which version is in use stands in `registry.json` alone.
 */
export class ModelRegistry {
  readonly folder: string;
  readonly #shipped: string;

  private constructor(folder: string, shipped: string) {
    this.folder = folder;
    this.#shipped = shipped;
  }

  /**
   * @param folder made when the first version is added.
   * @param shipped the folder of the model that comes with the program; it may lie in the registry's own.
   */
  static open(folder: string, shipped: string): ModelRegistry {
    // A retraining names the folders in files of its own, from where a relative path would lead elsewhere.
    return new ModelRegistry(resolve(folder), resolve(shipped));
  }

  /**
   * All versions: version zero, then the others by their names.
   *
   * @throws UserError when one of them is damaged.
   */
  async list(): Promise<ModelVersion[]> {
    const state = await this.#state();
    const names = await this.#names();
    return Promise.all([shippedName, ...names].map((name) => this.#describe(name, state)));
  }

  /**
   * The version in use.
   *
   * @throws UserError when it is no longer there.
   */
  async current(): Promise<ModelVersion> {
    const state = await this.#state();
    if (!(await this.#has(state.current))) {
      throw new UserError(
        `${this.folder}: ${state.current}, the model in use, is no longer there; restore its folder, or roll back.`,
      );
    }
    return this.#describe(state.current, state);
  }

  /** @throws UserError when there is no such version. */
  async find(name: string): Promise<ModelVersion> {
    await this.#require(name);
    return this.#describe(name, await this.#state());
  }

  /** What was done with the versions, oldest first. */
  async log(): Promise<RegistryState['log']> {
    return (await this.#state()).log;
  }

  /** The version that follows another of the same model: `0.2.0` gives `0.2.0+1`, and that `0.2.0+2`. No number is given twice. */
  async nextVersion({ id, version }: { readonly id: string; readonly version: string }): Promise<string> {
    const { log } = await this.#state();
    return versionAfter({ id, version }, [...(await this.#names()), ...log.map((entry) => entry.version)]);
  }

  /**
   * Puts a model into the registry, under the id and version of its manifest; it is not in use yet. The folder appears whole or
   * not at all. Adding a model that is there already changes nothing, so that an interrupted addition may be repeated.
   *
   * @throws UserError when another model has its name, or the disk is full.
   */
  async add(model: string, provenance: Provenance, companions: Companions = {}): Promise<ModelVersion> {
    const name = nameOf(await readManifest(model));
    await this.#change(async () => {
      const final = join(this.folder, name);
      if (await this.#has(name)) {
        if ((await modelFingerprint(final)) === provenance.fingerprint) return;
        throw new UserError(`${final}: is another model; remove it or move it away.`);
      }
      const temporary = join(this.folder, `${adding}${name}`);
      try {
        await copyFolder(model, temporary, companions);
        await writeProvenance(temporary, provenance);
        await rename(temporary, final);
      } catch (error) {
        await rm(temporary, { recursive: true, force: true });
        throw asWriteError(final, error);
      }
    });
    return this.find(name);
  }

  /**
   * Takes a version into use.
   *
   * @param anyway also one that its verdict does not offer.
   * @throws UserError when there is none, it is in use already, or it is not offered.
   */
  async promote(name: string, { anyway = false } = {}): Promise<void> {
    await this.#change(async () => {
      await this.#require(name);
      const state = await this.#state();
      if (state.current === name) throw new UserError(`${name} is in use already.`);
      const { provenance } = await this.#describe(name, state);
      const offered = provenance?.verdict.offered ?? true;
      if (!offered && !anyway) {
        const reasons = provenance?.verdict.criteria.filter(({ met }) => !met).map(({ reason }) => reason) ?? [];
        throw new UserError(
          `${name} is not offered for promotion: ${reasons.join(' ')} Use --anyway to promote it nevertheless.`,
        );
      }
      await this.#write({
        ...state,
        current: name,
        earlier: [...state.earlier, state.current],
        log: [...state.log, entry(offered ? 'promoted' : 'promoted against the verdict', name)],
      });
    });
  }

  /**
   * Takes the version before the current one into use again, skipping any that is gone.
   *
   * @returns its name.
   * @throws UserError when there is none before.
   */
  async rollback(): Promise<string> {
    return this.#change(async () => {
      const state = await this.#state();
      const earlier = [...state.earlier];
      for (let name = earlier.pop(); name !== undefined; name = earlier.pop()) {
        if (!(await this.#has(name))) continue;
        await this.#write({ ...state, current: name, earlier, log: [...state.log, entry('rolled back', name)] });
        return name;
      }
      throw new UserError(`There is no version before ${state.current} to roll back to.`);
    });
  }

  /**
   * Deletes a version for good.
   *
   * @throws UserError for the one in use and for version zero.
   */
  async delete(name: string): Promise<void> {
    await this.#change(async () => {
      await this.#require(name);
      const state = await this.#state();
      if (name === shippedName) {
        throw new UserError(`The ${name} model comes with the program and cannot be deleted.`);
      }
      if (name === state.current) {
        throw new UserError(`${name} is in use; promote another version or roll back first.`);
      }
      await this.#write({
        ...state,
        earlier: state.earlier.filter((other) => other !== name),
        log: [...state.log, entry('deleted', name)],
      });
      // Renamed first: half of a model is never listed.
      const doomed = join(this.folder, `${deleting}${name}`);
      await rm(doomed, { recursive: true, force: true });
      await rename(join(this.folder, name), doomed);
      await rm(doomed, { recursive: true, force: true });
    });
  }

  /** Changes the registry while no other process does. */
  async #change<T>(work: () => Promise<T>): Promise<T> {
    try {
      await mkdir(this.folder, { recursive: true });
    } catch (error) {
      throw asWriteError(this.folder, error);
    }
    const lock = ProcessLock.acquire(join(this.folder, lockFile), patience);
    if (lock === undefined) {
      throw new UserError(`${this.folder}: another process is changing this registry; try again when it is done.`);
    }
    try {
      await this.#sweep();
      return await work();
    } finally {
      lock.release();
    }
  }

  /** Removes what an interrupted addition or deletion left. */
  async #sweep(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (name.startsWith(adding) || name.startsWith(deleting)) {
        await rm(join(this.folder, name), { recursive: true, force: true });
      }
    }
  }

  #state(): Promise<RegistryState> {
    return readState(this.folder, shippedName);
  }

  #write(state: RegistryState): Promise<void> {
    return writeState(this.folder, state);
  }

  async #describe(name: string, { current }: RegistryState): Promise<ModelVersion> {
    const shipped = name === shippedName;
    const folder = this.#folderOf(name);
    return {
      name,
      folder,
      shipped,
      current: name === current,
      manifest: await readManifest(folder),
      provenance: await readProvenance(folder),
    };
  }

  #folderOf(name: string): string {
    return name === shippedName ? this.#shipped : join(this.folder, name);
  }

  async #require(name: string): Promise<void> {
    if (await this.#has(name)) return;
    const names = [shippedName, ...(await this.#names())].join(', ');
    throw new UserError(`${this.folder}: there is no version "${name}"; use one of ${names}.`);
  }

  async #has(name: string): Promise<boolean> {
    return name === shippedName || (await this.#names()).includes(name);
  }

  /** Names of the versions but the shipped one. */
  async #names(): Promise<string[]> {
    let names: string[];
    try {
      names = await readdir(this.folder);
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
      throw error;
    }
    const shippedHere = await sameFolder(dirname(this.#shipped), this.folder);
    return names
      .filter((name) => !name.startsWith('.') && !(shippedHere && name === basename(this.#shipped)))
      .filter((name) => existsSync(join(this.folder, name, manifestFile)))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }
}

const entry = (action: RegistryState['log'][number]['action'], version: string) => ({
  at: new Date().toISOString(),
  action,
  version,
});

async function sameFolder(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => realpath(path).catch(() => path)));
  return first === second;
}
