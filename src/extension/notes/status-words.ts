/** What the status bar tells of. */
export interface StatusFacts {
  /** Of the model's process. */
  readonly engine: 'stopped' | 'starting' | 'ready' | 'restarting';
  /** The model in use, or the one that will be; undefined when none was ever opened. */
  readonly model: ModelFacts | undefined;
  /** Whether the model is open now. */
  readonly open: boolean;
  /** A batch that is under way. */
  readonly batch: BatchFacts | undefined;
}

export interface ModelFacts {
  readonly id: string;
  readonly version: string;
  readonly device: string;
  /** One line: which device, and why not another. */
  readonly deviceExplanation: string;
}

export interface BatchFacts {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
}

export interface StatusWords {
  /** With `$(name)` for the editor's icons. */
  readonly text: string;
  readonly tooltip: readonly string[];
  readonly spoken: string;
}

export function statusWords({ engine, model, open, batch }: StatusFacts): StatusWords {
  const name = model === undefined ? 'Reason2Decide' : model.id;
  const device = model !== undefined && open ? ` · ${deviceName(model.device)}` : '';
  const tooltip = [...batchLines(batch), ...modelLines(model, open), engineLine(engine)];
  const progress = batch === undefined ? '' : ` ${counted(batch.done)}/${counted(batch.total)}`;
  return {
    text: `$(${iconOf(engine, batch)}) ${name}${device}${progress}`,
    tooltip,
    spoken: tooltip.join(' '),
  };
}

function iconOf(engine: StatusFacts['engine'], batch: BatchFacts | undefined): string {
  return engine === 'starting' || engine === 'restarting' || batch !== undefined ? 'sync~spin' : 'pulse';
}

function batchLines(batch: BatchFacts | undefined): string[] {
  if (batch === undefined) return [];
  const failed = batch.failed === 0 ? '' : `, ${counted(batch.failed)} could not be triaged`;
  return [`Triaging all notes: ${counted(batch.done)} of ${counted(batch.total)} done${failed}.`];
}

function modelLines(model: ModelFacts | undefined, open: boolean): string[] {
  if (model === undefined) return ['The model is opened at the first triage.'];
  const line = `Model ${model.id} ${model.version}${open ? '' : ', opened at the next triage'}.`;
  return [line, asSentence(`${open ? 'Computes on' : 'Last computed on'} ${model.deviceExplanation.trim()}`)];
}

const engineLines: Readonly<Record<StatusFacts['engine'], string>> = {
  stopped: 'Its process is not running.',
  starting: 'Its process is starting.',
  ready: 'It computes on this computer; nothing leaves it.',
  restarting: 'Its process ended and is being started again.',
};

const engineLine = (engine: StatusFacts['engine']) => engineLines[engine];

const deviceNames: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  webgpu: 'GPU (WebGPU)',
  dml: 'GPU (DirectML)',
  coreml: 'GPU (Core ML)',
  cuda: 'GPU (CUDA)',
};

const deviceName = (device: string) => deviceNames[device] ?? device;

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A count with its thousands apart. */
export function counted(count: number): string {
  return count.toLocaleString('en');
}
