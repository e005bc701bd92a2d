import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/**
 * How a connection breaks at a statement: before the server gets it; while the server works on it; after the server has done it,
 * with its answer on the way.
 */
export const faults = ['before', 'during', 'after'] as const;
export type Fault = (typeof faults)[number];

/** Stands between an adapter and PostgreSQL and breaks connections at chosen statements. */
export interface PostgresProxy {
  readonly connectionString: string;
  /** Asked at every statement, in the order they pass: whether its connection breaks, and how. */
  faultAt: (statement: string) => Fault | undefined;
  close(): Promise<void>;
}

export async function startPostgresProxy(connectionString: string): Promise<PostgresProxy> {
  const target = new URL(connectionString);
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const postgres = connect(Number(target.port), target.hostname);
    let fault: Fault | undefined;
    const cut = (): void => {
      client.destroy();
      postgres.destroy();
    };
    const toServer = messages(false, (message) => {
      if (postgres.destroyed) return;
      const statement = fault === undefined ? statementIn(message) : undefined;
      if (statement !== undefined) {
        fault = proxy.faultAt(statement);
        if (fault === 'before') return cut();
      }
      postgres.write(message);
      const complete = message[0] === SYNC || message[0] === QUERY;
      // What was written is still sent.
      if (fault === 'during' && complete) postgres.end(cut);
    });
    const toClient = messages(true, (message) => {
      if (fault === undefined) client.write(message);
      else if (fault === 'after' && message[0] === READY_FOR_QUERY) cut();
    });
    client.on('data', toServer);
    postgres.on('data', toClient);
    for (const socket of [client, postgres]) {
      sockets.add(socket.setNoDelay(true));
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        if (fault !== 'during') cut();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = new URL(connectionString);
  // A server that listens on TCP has an address of this form.
  address.port = String((server.address() as AddressInfo).port);

  const proxy: PostgresProxy = {
    connectionString: address.href,
    faultAt: () => undefined,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return proxy;
}

const code = (letter: string) => letter.charCodeAt(0);
const QUERY = code('Q');
const PARSE = code('P');
const SYNC = code('S');
const READY_FOR_QUERY = code('Z');

/** The text of a statement that a message of the client begins. Source: PostgreSQL, message formats. */
function statementIn(message: Buffer): string | undefined {
  const text = (from: number) => message.toString('utf8', from, message.indexOf(0, from));
  if (message[0] === QUERY) return text(5);
  if (message[0] !== PARSE) return undefined;
  return text(message.indexOf(0, 5) + 1);
}

/** Cuts a stream into messages: a letter, a length that counts itself, and the rest. The client's first one has no letter. */
function messages(typed: boolean, deliver: (message: Buffer) => void): (data: Buffer) => void {
  let pending = Buffer.alloc(0);
  let letter = typed ? 1 : 0;
  return (data) => {
    pending = Buffer.concat([pending, data]);
    while (pending.length >= letter + 4) {
      const length = letter + pending.readUInt32BE(letter);
      if (pending.length < length) return;
      const message = pending.subarray(0, length);
      pending = pending.subarray(length);
      letter = 1;
      deliver(message);
    }
  };
}
