import { isIPv4 } from 'node:net';
import { UserError } from '../common/index.ts';

/** Where note text is sent. */
export interface ChatAddress {
  /** The whole address of chat completions. */
  readonly url: URL;
  /** Host and port, as they are told to a person. */
  readonly host: string;
  /** Whether the host is another machine than this one. */
  readonly leavesMachine: boolean;
}

export interface AddressOptions {
  /** Whether someone who may decide it said that note text may leave this machine. */
  readonly notesMayLeave: boolean;
  /** The flag or setting that says so, named in the refusal. */
  readonly permission: string;
  /** The process's environment: proxies are named there. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Reads the address of an OpenAI-compatible server: its base, such as `http://127.0.0.1:8080/v1`, or the whole address of
 * its chat completions.
 *
 * @throws UserError for what is no such address, and for a machine other than this one that was not permitted.
 */
export function chatAddress(text: string, options: AddressOptions): ChatAddress {
  const url = parsed(text);
  if (!url.pathname.endsWith('/chat/completions')) {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
  }
  url.hash = '';
  const leavesMachine = !isLoopback(url.hostname);
  if (leavesMachine && !options.notesMayLeave) {
    throw new UserError(
      `${url.host} is another machine, and note text would leave this one to go there; name a server on this machine, such ` +
        `as http://127.0.0.1:8080/v1, or, where it may leave, say so with ${options.permission}.`,
    );
  }
  if (!leavesMachine) refuseProxy(options.environment ?? process.env);
  return { url, host: url.host, leavesMachine };
}

/** What a person is told before the first note is sent; null where note text stays on this machine. */
export function leavingNotice({ leavesMachine, host, url }: ChatAddress): string | null {
  if (!leavesMachine) return null;
  const how = url.protocol === 'https:' ? '' : ', unencrypted';
  return `Note text leaves this machine: it is sent to ${host}${how}.`;
}

/** True for this machine's own addresses: 127.0.0.0/8, ::1 and localhost (RFC 6890, RFC 6761). */
export function isLoopback(hostname: string): boolean {
  return (isIPv4(hostname) && hostname.startsWith('127.')) || hostname === '[::1]' || hostname === 'localhost';
}

function parsed(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UserError('The endpoint is not an address of a server; write it as http://127.0.0.1:8080/v1.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserError('The endpoint holds a name or a password; take it out and give the key by its variable.');
  }
  return url;
}

/** With this variable Node sends every request through a proxy, even one to this machine: then the notes would leave it. */
function refuseProxy(environment: NodeJS.ProcessEnv): void {
  const switchedOn = environment.NODE_USE_ENV_PROXY === '1' || /--use-env-proxy\b/.test(environment.NODE_OPTIONS ?? '');
  const proxied = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some((name) => environment[name]);
  if (switchedOn && proxied) {
    throw new UserError(
      'Node is told to use a proxy, which would see the notes on their way to this machine; unset NODE_USE_ENV_PROXY.',
    );
  }
}
