import { readFileSync } from 'node:fs';
import type {
  ClassMetadata,
  Metadata,
  MethodMetadata,
  NavigationMetadata,
  Requirement,
  ScalarMetadata,
} from './metadata';

const CLASS_START = /^ {4}var (\w+) = \(function \(_super\) \{\n {8}__extends\(\1, _super\);/gm;
const DEFINED_PROPERTY = /Object\.defineProperty\(\w+\.prototype, "(\w+)", \{\n([\s\S]*?)\n {8}\}\);/g;
const METHOD = /^ {8}\w+\.prototype\.(\w+) = function \([^)]*\) \{\n([\s\S]*?)^ {8}\};/gm;
const API_SET = /_throwIfApiNotSupported\("[\w.]+", (_defaultApiSetName|"\w+"), "([\d.]+)"/;
const EVENT = /eventType: (\d+),\s*registerFunc: function \(\) \{ return _this\.(_\w+)\(\)/;

/**
 * Reads the metadata out of the readable bundle of the installed office.js (`excel-web-16.00.debug.js`).
 * The bundle is machine-written, so its shape is regular; a bundle of another shape is refused rather than half understood.
 */
export function readMetadata(bundlePath: string): Metadata {
  const source = readFileSync(bundlePath, 'utf8').replaceAll('\r\n', '\n');
  const classes: Record<string, ClassMetadata> = {};
  for (const [name, body] of classBodies(source)) {
    if (body.includes('"_className"')) classes[name] = readClass(name, body);
  }
  for (const known of ['Workbook', 'Worksheet', 'Range', 'Table']) {
    if (!classes[known]?.methods)
      throw new Error(`${bundlePath} does not look like office.js: no class ${known}.`);
  }
  return { classes };
}

/** Metadata of the office.js that is installed beside this program. */
export function readInstalledMetadata(): Metadata {
  return readMetadata(require.resolve('@microsoft/office-js/dist/excel-web-16.00.debug.js'));
}

function* classBodies(source: string): Generator<[string, string]> {
  const starts = [...source.matchAll(CLASS_START)];
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1]?.index ?? source.length;
    const text = source.slice(start.index, end);
    const close = text.search(/^ {4}\}\(/m);
    yield [start[1] ?? '', close < 0 ? text : text.slice(0, close)];
  }
}

function readClass(name: string, body: string): ClassMetadata {
  const properties = new Map(
    [...body.matchAll(DEFINED_PROPERTY)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
  const methods: Record<string, MethodMetadata> = {};
  const events: Record<string, number> = {};
  for (const match of body.matchAll(METHOD)) readMethod(match[2] ?? '', match[1] ?? '', methods);
  for (const text of properties.values()) {
    const event = EVENT.exec(text);
    if (event) events[event[2] ?? ''] = Number(event[1]);
  }
  const itemClass = /_createChildItemObject\(\w+\.(\w+),/.exec(body)?.[1];
  return {
    name,
    isCollection: properties.has('_isCollection'),
    ...(itemClass ? { itemClass } : {}),
    scalars: readScalars(properties),
    navigations: readNavigations(properties),
    methods,
    events,
  };
}

function readScalars(properties: ReadonlyMap<string, string>): Record<string, ScalarMetadata> {
  const names = listed(properties.get('_scalarPropertyNames'));
  const wires = listed(properties.get('_scalarPropertyOriginalNames'));
  const writable = listed(properties.get('_scalarPropertyUpdateable'));
  const scalars: Record<string, ScalarMetadata> = {};
  for (const [index, wire] of wires.entries()) {
    const name = names[index] ?? wire;
    scalars[wire] = { name, writable: writable[index] === 'true', ...requirementIn(properties.get(name)) };
  }
  return scalars;
}

function readNavigations(properties: ReadonlyMap<string, string>): Record<string, NavigationMetadata> {
  const navigations: Record<string, NavigationMetadata> = {};
  for (const [name, text] of properties) {
    const created = /_createPropertyObject\(\w+\.(\w+), this, "(\w+)"/.exec(text);
    if (created) navigations[created[2] ?? ''] = { name, type: created[1] ?? '', ...requirementIn(text) };
  }
  return navigations;
}

function readMethod(text: string, name: string, methods: Record<string, MethodMetadata>): void {
  const object = /_createMethodObject\((?:\w+\.)?(\w+), this, "(\w+)"/.exec(text);
  const indexer = /_createIndexerObject\(\w+\.(\w+), this/.exec(text);
  const invoked = /_invokeMethod\(this, "(\w+)"/.exec(text);
  if (object) methods[object[2] ?? ''] = { name, returns: object[1] ?? '', ...requirementIn(text) };
  else if (indexer) methods['GetItem'] = { name, returns: indexer[1] ?? '', ...requirementIn(text) };
  else if (invoked) methods[invoked[1] ?? ''] = { name, ...requirementIn(text) };
}

function requirementIn(text: string | undefined): { since?: Requirement } {
  const match = API_SET.exec(text ?? '');
  if (!match) return {};
  const set = match[1] === '_defaultApiSetName' ? 'ExcelApi' : (match[1] ?? '').replaceAll('"', '');
  return { since: { set, version: match[2] ?? '' } };
}

function listed(text: string | undefined): string[] {
  const list = /return \[([^\]]*)\]/.exec(text ?? '')?.[1] ?? '';
  return list
    .split(',')
    .map((item) => item.trim().replaceAll('"', ''))
    .filter((item) => item !== '');
}
