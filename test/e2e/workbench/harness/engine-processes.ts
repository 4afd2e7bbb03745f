import { readdirSync, readFileSync } from 'node:fs';

/** Less than what a token takes. */
const stepMilliseconds = 2;

interface RunningProcess {
  readonly id: number;
  readonly parent: number;
  readonly command: string;
}

/** The engines' processes among those that a process started, directly or not. For Linux, where /proc tells. */
export function engineProcesses(ancestor: number): number[] {
  const processes = runningProcesses();
  const descends = (id: number): boolean => {
    const parent = processes.find((each) => each.id === id)?.parent;
    return parent !== undefined && (parent === ancestor || descends(parent));
  };
  return processes.filter(({ id, command }) => command.includes('/dist/engine.js') && descends(id)).map(({ id }) => id);
}

/** A process that stands still but for the moments that a test gives it, so that its work can be looked at half done. */
export class HeldProcess {
  readonly #id: number;

  constructor(id: number) {
    this.#id = id;
    process.kill(id, 'SIGSTOP');
  }

  /** Gives it one moment after another until `look` finds what it looks for. */
  async stepUntil<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      this.#step();
    }
  }

  release(): void {
    process.kill(this.#id, 'SIGCONT');
  }

  kill(): void {
    process.kill(this.#id, 'SIGKILL');
  }

  /** Without a timer, which could be late. */
  #step(): void {
    process.kill(this.#id, 'SIGCONT');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, stepMilliseconds);
    process.kill(this.#id, 'SIGSTOP');
  }
}

function runningProcesses(): RunningProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8');
        const parent = Number(status.match(/^PPid:\s+(\d+)/m)?.[1]);
        return [{ id: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
}
