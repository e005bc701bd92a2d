import type { LightMyRequestResponse } from 'fastify';
import type { RunReply } from '../../src/contract/runs';
import type { TestAdapter } from '../adapter/http/adapter';
import { zipOf } from '../adapter/http/zip';
import { operationName } from './api-reference';

/** One request as a caller sends it. */
interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Files of a folder that is sent as a zip archive. */
  readonly folder?: Readonly<Record<string, string>>;
}

/** Two launched orders, of which the stock covers one. */
export async function prepareExamples(adapter: TestAdapter): Promise<void> {
  await adapter.add({ number: 125 }, { number: 126, lines: { A: '9950' } });
}

/** What is not the same every time, each replaced by the same text wherever it stands. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** A cursor of a search bears a digest of its criteria, which may hold one of those ids. */
const CURSOR = /(?<="next": ")[\w-]+(?=")/g;

/** A cursor of the same place in the list, with the same digest whatever was searched. */
function cursorOfAnySearch(cursor: string): string {
  const values = Buffer.from(cursor, 'base64url').toString();
  return Buffer.from(values.replace(/(?<=^\["\w+:)[\w-]{16}/, 'P9xoz00L1mhHGtfd')).toString('base64url');
}

/**
 * A planner's morning told to the API: every request is sent to a running adapter, and what it answers goes into the document.
 *
 * @returns Markdown by the operation it belongs to
 */
export async function tellExamples(adapter: TestAdapter): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, string>();
  const ids = new Map<string, string>();
  const stableId = (id: string): string => {
    const known = ids.get(id) ?? `0198a4e2-7c00-7000-8000-${String(ids.size + 1).padStart(12, '0')}`;
    ids.set(id, known);
    return known;
  };
  const stable = (text: string) => text.replace(UUID, stableId).replace(CURSOR, cursorOfAnySearch);

  /** Sends a request and notes it under `operation`. */
  async function tell(path: string, what: string, request: Request): Promise<LightMyRequestResponse> {
    const { method = 'GET', url, headers = {}, body, folder } = request;
    const payload = folder ? zipOf(folder) : body;
    const reply = await adapter.server.inject({ method, url, headers, ...(payload && { payload }) });
    const head = [
      `${method} ${url}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ].join('\n');
    const shown = folder ? contentText(folder) : body && JSON.stringify(body, null, 2);
    const sent = shown ? `${head}\n\n${shown}` : head;
    const example = `${what}\n\n\`\`\`http\n${sent}\n\`\`\`\n\n${replyText(reply)}`;
    const name = operationName(method, path);
    told.set(name, [...(told.has(name) ? [told.get(name)] : []), stable(example)].join('\n\n'));
    return reply;
  }

  const order = '/api/orders/{year}/{number}/{lot}';
  const italian = { 'accept-language': 'it' };
  const release = {
    command: 'release',
    orders: [125, 126, 127].map((number) => ({ key: `2026/${number}/0`, version: 1 })),
  };

  await tell('/api/session', 'Who am I, where, and what day is it there?', { url: '/api/session' });
  await tell('/api/orders', 'The first launched order that makes something beginning with P:', {
    url: '/api/orders?state=launched&item=P&limit=1',
  });
  await tell('/api/runs', 'What would a release of three orders do? Nothing is written.', {
    method: 'POST',
    url: '/api/runs',
    body: { ...release, orders: release.orders.slice(0, 1), dryRun: true },
  });
  const released = await tell('/api/runs', 'Release them. One is short, one does not exist:', {
    method: 'POST',
    url: '/api/runs',
    headers: { 'idempotency-key': '6f1c-friday-morning' },
    body: release,
  });
  const { id } = released.json<RunReply>().run;
  await tell('/api/runs', 'The same key with another body is refused, here in Italian:', {
    method: 'POST',
    url: '/api/runs',
    headers: { 'idempotency-key': '6f1c-friday-morning', ...italian },
    body: { ...release, orders: release.orders.slice(0, 2) },
  });
  await tell('/api/runs', 'A body that cannot be used:', {
    method: 'POST',
    url: '/api/runs',
    headers: { 'idempotency-key': '6f1c-friday-noon' },
    body: { command: 'release', orders: [{ key: '2026/0125/0', version: 1 }], postingDate: '31/12/2026' },
  });
  await tell('/api/runs', 'My releases of today of which something can be undone:', {
    url: '/api/runs?from=today&mine=true&command=release&limit=1',
  });
  await tell('/api/runs/{id}', 'Wait up to 20 seconds for its end:', {
    url: `/api/runs/${id}`,
    headers: { prefer: 'wait=20' },
  });
  await tell('/api/runs/{id}/outcomes', 'Only what was refused:', {
    url: `/api/runs/${id}/outcomes?result=refused&limit=1`,
  });
  await tell('/api/runs/{id}/log', 'As CSV in Italian:', {
    url: `/api/runs/${id}/log?format=csv`,
    headers: italian,
  });
  await tell('/api/movements', 'What the run withdrew for one order:', {
    url: `/api/movements?run=${id}&limit=1`,
  });
  await tell(order, 'A state is not set by hand:', {
    method: 'PATCH',
    url: '/api/orders/2026/125/0',
    body: { state: 'launched' },
  });
  await tell('/api/runs/{id}/undo', 'Take the release back:', {
    method: 'POST',
    url: `/api/runs/${id}/undo`,
    headers: { 'idempotency-key': '6f1c-changed-my-mind' },
    body: {},
  });
  await tell('/api/runs/{id}/undo', 'Once more, under a new key, when nothing is left:', {
    method: 'POST',
    url: `/api/runs/${id}/undo`,
    headers: { 'idempotency-key': '6f1c-changed-my-mind-again' },
  });
  const warehouse = 'warehouse,name,site,negative_stock\n01,Raw material,';
  const plant = '{ "company": "TR", "name": "Torneria Rossi", "timeZone": "Europe/Rome" }';
  const zip = { 'content-type': 'application/zip' };
  await tell('/api/imports', 'Only check a folder. Its warehouse stands in a site nobody knows:', {
    method: 'POST',
    url: '/api/imports?dryRun=true',
    headers: zip,
    folder: { 'plant.json': plant, 'warehouses.csv': `${warehouse}TR,false\n` },
  });
  await tell('/api/imports', 'Import it, now that the site comes along:', {
    method: 'POST',
    url: '/api/imports',
    headers: { ...zip, 'idempotency-key': '6f1c-first-import' },
    folder: {
      ...{ 'plant.json': plant, 'sites.csv': 'site,name\nTR,Turin\n' },
      'warehouses.csv': `${warehouse}TR,false\n`,
    },
  });
  return told;
}

/** The files of an archive, one after the other. */
function contentText(folder: Readonly<Record<string, string>>): string {
  return Object.entries(folder)
    .map(([name, text]) => `(zip) ${name}\n${text.trim()}`)
    .join('\n\n');
}

function replyText({ statusCode, headers, body }: LightMyRequestResponse): string {
  const type = String(headers['content-type']).split(';')[0] ?? '';
  const said = type.endsWith('json')
    ? JSON.stringify(JSON.parse(body), null, 2)
    : body.replaceAll('\r\n', '\n');
  return `→ **${statusCode}** ${type}\n\n\`\`\`${type.endsWith('json') ? 'json' : 'text'}\n${said.trim()}\n\`\`\``;
}
