import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** The way to a database, which a test can cut and mend: what goes over it reaches the server as it is. */
export interface Way {
  /** Leads to the same database. */
  readonly connectionString: string;
  /** Cuts every connection and lets nobody in. */
  cut(): Promise<void>;
  /** Lets everybody in again. */
  mend(): Promise<void>;
}

export async function wayTo(database: string): Promise<Way> {
  const there = new URL(database);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  };
  const open = (): Server =>
    createServer((client) => {
      const server = connect(Number(there.port), there.hostname);
      [client, server].forEach(keep);
      client.pipe(server).pipe(client);
      client.on('close', () => server.destroy());
      server.on('close', () => client.destroy());
    });
  let listening = open().listen(0, '127.0.0.1');
  await once(listening, 'listening');
  // A server that listens on TCP has an address of this form.
  const { port } = listening.address() as AddressInfo;
  const here = new URL(database);
  here.hostname = '127.0.0.1';
  here.port = String(port);
  return {
    connectionString: here.href,
    async cut() {
      const closed = once(listening, 'close');
      listening.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async mend() {
      listening = open().listen(port, '127.0.0.1');
      await once(listening, 'listening');
    },
  };
}
