import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MIGRATIONS, migrate, schemaVersion } from '../../../src/corrections/schema.ts';
import { newDecision, newStore, temporaryFolder } from './decisions.ts';

function open(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  return database;
}

const addColumn = (database: DatabaseSync) => database.exec('ALTER TABLE decisions ADD COLUMN urgency TEXT');

describe('a migration', () => {
  it('brings an older database up to date and keeps its rows', () => {
    const store = newStore();
    const { hash } = store.append(newDecision());
    store.close();
    const database = open(store.file);
    expect(schemaVersion(database)).toBe(1);
    migrate(database, store.file, [...MIGRATIONS, addColumn]);
    expect(schemaVersion(database)).toBe(2);
    expect(database.prepare('SELECT hash, urgency FROM decisions').all()).toEqual([{ hash, urgency: null }]);
  });

  it('that fails leaves the database as it was', () => {
    const store = newStore();
    store.append(newDecision());
    store.close();
    const database = open(store.file);
    const failing = (target: DatabaseSync) => {
      addColumn(target);
      throw new Error('power cut');
    };
    expect(() => migrate(database, store.file, [...MIGRATIONS, failing])).toThrow('power cut');
    expect(schemaVersion(database)).toBe(1);
    expect(database.prepare('SELECT * FROM decisions').get()).not.toHaveProperty('urgency');
  });

  it('runs once when two processes open the file', () => {
    const file = join(temporaryFolder(), 'corrections.db');
    const [first, second] = [open(file), open(file)];
    migrate(first, file);
    migrate(second, file);
    expect([schemaVersion(first), schemaVersion(second)]).toEqual([1, 1]);
  });
});
