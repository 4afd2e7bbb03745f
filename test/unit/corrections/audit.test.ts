import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { type AuditReport, CorrectionsStore } from '../../../src/corrections/index.ts';
import { newDecision, newStore, openStore } from './decisions.ts';

/** Five decisions, then what someone does to the file with SQL, and the audit of the result. */
function auditAfter(tamper: (database: DatabaseSync) => void): AuditReport {
  const store = newStore();
  for (let i = 1; i <= 5; i++) store.append(newDecision({ noteId: `${i}.txt`, comment: `comment ${i}` }));
  store.close();
  const database = new DatabaseSync(store.file);
  const triggers = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER ${name}`);
  tamper(database);
  for (const { sql } of triggers) database.exec(String(sql));
  database.close();
  return openStore(store.file).check();
}

const told = ({ breaks }: AuditReport) => breaks.map(({ kind, sequence }) => `${kind} ${sequence}`);

describe('the audit', () => {
  it('finds nothing where nothing was changed', () => {
    expect(auditAfter(() => undefined)).toMatchObject({ intact: true, decisions: 5, breaks: [], recoveries: [] });
  });

  it('of an empty store is intact', () => {
    expect(newStore().check()).toMatchObject({ intact: true, decisions: 0, head: '0'.repeat(64) });
  });

  it.each([
    'decided_at',
    'note_id',
    'reviewer',
    'prediction_id',
    'model_version',
    'predicted_probabilities',
    'predicted_rationale',
    'label_text',
    'rationale',
    'rationale_source',
    'comment',
    'note_text',
    'note_hash',
  ])('names the row whose %s was changed', (column) => {
    const report = auditAfter((database) =>
      database.exec(`UPDATE decisions SET ${column} = ${column} || 'x' WHERE sequence = 3`),
    );
    expect(told(report)).toEqual(['altered 3']);
    expect(report.intact).toBe(false);
    expect(report.breaks[0]?.reason).toMatch(/^Decision 3 .*changed after it was saved\.$/);
  });

  it.each(['supersedes = 1', 'label_level = 5', 'predicted_level = NULL', "action = 'flagged'"])(
    'names the row in which someone set %s',
    (change) => {
      expect(told(auditAfter((d) => d.exec(`UPDATE decisions SET ${change} WHERE sequence = 2`)))).toEqual([
        'altered 2',
      ]);
    },
  );

  it('names the row behind one that was changed and given a fitting hash', () => {
    const report = auditAfter((database) => {
      const row = database.prepare('SELECT * FROM decisions WHERE sequence = 3').get() ?? {};
      const columns = Object.entries(row).filter(([name]) => name !== 'hash');
      const values = columns.map(([name, value]) => (name === 'comment' ? 'forged' : value));
      // The encoding as it is documented, computed without the program.
      const forged = createHash('sha256')
        .update(JSON.stringify(['decision-1', ...values]))
        .digest('hex');
      database.prepare("UPDATE decisions SET comment = 'forged', hash = ? WHERE sequence = 3").run(forged);
    });
    expect(told(report)).toEqual(['unlinked 4']);
  });

  it('says which decisions were removed', () => {
    expect(told(auditAfter((d) => d.exec('DELETE FROM decisions WHERE sequence = 1')))).toEqual(['missing 1']);
    const report = auditAfter((d) => d.exec('DELETE FROM decisions WHERE sequence IN (2, 3)'));
    expect(report.breaks[0]?.reason).toMatch(/^Decisions 2 to 3 are missing/);
    expect(told(auditAfter((d) => d.exec('DELETE FROM decisions WHERE sequence = 5')))).toEqual(['missing 5']);
  });

  it('sees a row that was removed and its successors renumbered', () => {
    const report = auditAfter((d) =>
      d.exec(
        'DELETE FROM decisions WHERE sequence = 3; UPDATE decisions SET sequence = sequence - 1 WHERE sequence > 3',
      ),
    );
    expect(told(report)).toEqual(['altered 3', 'unlinked 3', 'altered 4', 'missing 5']);
  });

  it('says when a trigger is gone that forbids changes', () => {
    const store = newStore();
    store.append(newDecision());
    store.close();
    const database = new DatabaseSync(store.file);
    database.exec('DROP TRIGGER decisions_never_change');
    database.close();
    const report = openStore(store.file).check();
    expect(told(report)).toEqual(['unguarded null']);
    expect(report.breaks[0]?.reason).toContain('decisions_never_change');
  });

  it('gives the newest hash, which changes with every decision', () => {
    const store = newStore();
    const first = store.append(newDecision());
    expect(store.check().head).toBe(first.hash);
    const second = store.append(newDecision({ noteId: 'b.txt' }));
    expect(store.check().head).toBe(second.hash);
  });

  it('never tells the text of a note', () => {
    const report = auditAfter((d) => d.exec("UPDATE decisions SET note_text = 'Zacharias has a cough'"));
    expect(report.breaks).toHaveLength(5);
    expect(JSON.stringify(report)).not.toMatch(/Zacharias|cough/);
  });

  it('does not trust a store that was only read', () => {
    const store = newStore();
    store.append(newDecision());
    const reader = CorrectionsStore.open(store.file, { readOnly: true });
    expect(reader.check().intact).toBe(true);
    reader.close();
  });
});
