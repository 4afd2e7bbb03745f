import { describe, expect, it } from 'vitest';
import { chatAddress, isLoopback, leavingNotice } from '../../../src/language-model/index.ts';
import { userErrorOf } from '../user-error.ts';

const here = { notesMayLeave: false, permission: '--notes-may-leave-this-machine', environment: {} };

describe('an address on this machine', () => {
  it.each([
    ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1/chat/completions'],
    ['http://127.8.9.1/v1/', 'http://127.8.9.1/v1/chat/completions'],
    ['https://localhost:1234', 'https://localhost:1234/chat/completions'],
    ['http://[::1]:80/v1', 'http://[::1]/v1/chat/completions'],
    ['http://127.1/v1/chat/completions', 'http://127.0.0.1/v1/chat/completions'],
  ])('%s needs no permission', (text, whole) => {
    const address = chatAddress(text, here);
    expect(address.url.href).toBe(whole);
    expect(leavingNotice(address)).toBeNull();
  });
});

describe('an address elsewhere', () => {
  it.each([
    'https://api.example.org/v1',
    'http://10.0.0.7:8000/v1',
    'http://127.0.0.1.example.org/v1',
    'http://localhost.example.org/v1',
    'http://128.0.0.1/v1',
    'http://0.0.0.0:8080/v1',
    'http://[::2]/v1',
    'http://[::ffff:10.0.0.1]/v1',
  ])('%s is refused in words that say what would happen', async (text) => {
    const message = await userErrorOf(() => chatAddress(text, here));
    expect(message).toContain(new URL(text).host);
    expect(message).toMatch(/note text would leave this/);
    expect(message).toContain('--notes-may-leave-this-machine');
  });

  it('is told where it is permitted, and whether it is encrypted', () => {
    const permitted = { ...here, notesMayLeave: true };
    expect(leavingNotice(chatAddress('https://api.example.org/v1', permitted))).toBe(
      'Note text leaves this machine: it is sent to api.example.org.',
    );
    expect(leavingNotice(chatAddress('http://10.0.0.7:8000/v1', permitted))).toBe(
      'Note text leaves this machine: it is sent to 10.0.0.7:8000, unencrypted.',
    );
  });
});

it.each(['', 'here', 'ftp://127.0.0.1/v1', 'file:///etc/passwd'])('%j is no address', async (text) => {
  expect(await userErrorOf(() => chatAddress(text, here))).toMatch(/not an address/);
});

it('never takes a key from the address', async () => {
  const message = await userErrorOf(() => chatAddress('http://me:s3cret@127.0.0.1/v1', here));
  expect(message).not.toContain('s3cret');
});

it('refuses a proxy between this machine and itself', async () => {
  const environment = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://proxy.example.org:3128' };
  expect(await userErrorOf(() => chatAddress('http://127.0.0.1/v1', { ...here, environment }))).toMatch(/proxy/);
  const withoutProxy = { HTTP_PROXY: 'http://proxy.example.org:3128' };
  expect(chatAddress('http://127.0.0.1/v1', { ...here, environment: withoutProxy }).leavesMachine).toBe(false);
});

it('takes no other host for this machine', () => {
  expect(['127.0.0.1', '127.255.0.1', 'localhost', '[::1]'].every(isLoopback)).toBe(true);
  expect(['127.evil.org', '126.0.0.1', 'localhost.', '[::]', '1270.0.0.1'].some(isLoopback)).toBe(false);
});
