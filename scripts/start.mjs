// Opens the sample notes with the extension: in the user's own VS Code when its `code` is on PATH, else in a workbench of this
// project's own, served to the browser.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fail, root, run, runNode } from './processes.mjs';
import { copySampleNotes, startWorkbench } from './workbench.mjs';
import { workbenchFolder } from './workbench-install.mjs';

if ((await runNode([join(root, 'scripts', 'build.mjs')])) !== 0)
  fail('The extension cannot be built; mend that first.');

const notes = join(workbenchFolder, 'sample-notes');
copySampleNotes(notes);

const code = onPath(process.platform === 'win32' ? ['code.cmd', 'code.exe'] : ['code']);
process.exitCode = code ? await openInCode(code) : await serve();

async function openInCode(program) {
  console.log(`Opening ${notes} in your VS Code, with the extension…`);
  const options = ['--new-window', '--disable-workspace-trust', `--extensionDevelopmentPath=${root}`, notes];
  const status = await run(program, options, { shell: program.endsWith('.cmd') });
  if (status === 0) console.log('In the palette (F1), choose "Triage this note".');
  return status;
}

async function serve() {
  const workbench = await startWorkbench({ folder: join(workbenchFolder, 'profile'), extension: root }).catch((error) =>
    fail(error.message),
  );
  const address = `${workbench.url}/?folder=${encodeURIComponent(notes)}`;
  console.log(`VS Code is ready: open ${address}`);
  console.log('Open a note there and choose "Triage this note" in the palette (F1). Ctrl+C here ends it.');
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve);
  });
  await workbench.stop();
  return 0;
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path));
}
