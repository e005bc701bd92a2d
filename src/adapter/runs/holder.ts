import { hostname } from 'node:os';
import { uuidv7 } from 'uuidv7';
import { isAlive } from '../is-alive';

/** Holders of this very process. After a restart in a container its number may be that of the dead one. */
const ours = new Set<string>();

/** A name for a worker of this process, which says where it runs: `host:pid:unique`. */
export function newHolder(): string {
  const holder = `${hostname()}:${process.pid}:${uuidv7()}`;
  ours.add(holder);
  return holder;
}

const HOLDER = /^(.+):(\d+):[0-9a-f-]{36}$/;

/**
 * Whether a holder was a process of this machine that has ended: nobody need wait for its leases to lapse. Should this be wrong, as
 * where containers share a host name, the claim of each chunk still lets only one of the two write.
 */
export function hasEnded(holder: string): boolean {
  const [, host, pid] = HOLDER.exec(holder) ?? [];
  if (host !== hostname() || pid === undefined || ours.has(holder)) return false;
  return Number(pid) === process.pid || !isAlive(Number(pid));
}
