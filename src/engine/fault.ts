/** The runtime's failures tell of operators and shapes: it is handed numbers only, so no note's text is in them. */
const runtimeFailure = /\[ONNXRuntimeError\]|Non-zero status code returned/;

/**
 * A failure for the log: its kind and where it arose. Its message is left out unless the runtime wrote it, for a message
 * may quote what was being worked on, and that is a note.
 */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at .*[:(<]/.test(line));
  const kind = runtimeFailure.test(error.message) ? `${error.name}: ${error.message.split('\n')[0]}` : error.name;
  return [kind, ...frames].join('\n');
}
