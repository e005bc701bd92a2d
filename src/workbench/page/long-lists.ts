import type { Injector, Univer } from '@univerjs/core';
import { ComponentManager, RediProvider } from '@univerjs/preset-sheets-core';
import { createElement, type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react';

/** Under this name Univer keeps what it shows when a header's arrow is pressed; the package gives it no other. */
const FILTER_PANEL = 'SHEETS_TABLE_FILTER_PANEL_OPENED_KEY';
/** Entries drawn together, and how high Univer draws one, in rem. */
const PART = 50;
const ENTRY_HEIGHT = 1.75;

/**
 * Keeps the list of a filter usable over thousands of different values: Univer draws an entry for each, and all again with every letter of
 * a keyword, which takes seconds. Here an entry is drawn when it is scrolled to. The panel stays Univer's: what it asks for its values
 * hands them over in a list that draws itself in parts.
 */
export function keepFilterListsFast(univer: Univer): void {
  const injector = univer.__getInjector();
  const components = injector.get(ComponentManager);
  const panel = components.get(FILTER_PANEL) as ComponentType; // Univer's own are components of React.
  const listing = inParts(injector);
  components.register(FILTER_PANEL, () =>
    createElement(RediProvider, { value: { injector: listing } }, createElement(panel)),
  );
}

/** The one service of the filter's panel that has no name outside of its package. */
interface FilterValues {
  getTableFilterItems(...of: readonly unknown[]): { readonly data: readonly unknown[] };
}

function givesFilterValues(service: unknown): service is FilterValues {
  return typeof service === 'object' && service !== null && 'getTableFilterItems' in service;
}

/** The injector, except that whoever gives values of a filter gives them in parts. */
function inParts(injector: Injector): Injector {
  const known = new WeakMap<FilterValues, FilterValues>();
  const get = (...of: Parameters<Injector['get']>): unknown => {
    const service: unknown = injector.get(...of);
    if (!givesFilterValues(service)) return service;
    const wrapped = known.get(service) ?? withParts(service);
    known.set(service, wrapped);
    return wrapped;
  };
  return new Proxy(injector, {
    get: (target, name) => (name === 'get' ? get : (Reflect.get(target, name) as unknown)),
  });
}

function withParts(service: FilterValues): FilterValues {
  type Items = ReturnType<FilterValues['getTableFilterItems']>;
  // The panel looks whether they are still the same ones.
  const known = new WeakMap<Items, Items>();
  const getTableFilterItems = (...of: readonly unknown[]): Items => {
    const items = service.getTableFilterItems(...of);
    const wrapped = known.get(items) ?? { ...items, data: DrawnInParts.from(items.data) };
    known.set(items, wrapped);
    return wrapped;
  };
  // `create` is untyped; the rest of the service is as it was.
  return Object.assign(Object.create(service) as FilterValues, { getTableFilterItems });
}

/** What the panel filters by a keyword is such a list again, and what it makes of the entries is drawn part by part. */
class DrawnInParts<T> extends Array<T> {
  override map<U>(draw: (entry: T, index: number, all: T[]) => U): U[] {
    const all = Array.from(this);
    const parts = Array.from({ length: Math.ceil(all.length / PART) }, (_, part) => {
      const entries = all.slice(part * PART, (part + 1) * PART);
      const drawEntries = () => entries.map((entry, at) => draw(entry, part * PART + at, all) as ReactNode);
      return createElement(Part, { key: part, count: entries.length, first: part === 0, draw: drawEntries });
    });
    return parts as U[]; // elements, as the panel makes of every entry
  }
}

interface PartProps {
  readonly count: number;
  /** Seen when the list opens. */
  readonly first: boolean;
  readonly draw: () => ReactNode;
}

/** As high as its entries, which are there while it is in view. */
function Part({ count, first, draw }: PartProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [inView, setInView] = useState(first);
  useEffect(() => {
    const observer = new IntersectionObserver((seen) => setInView(seen.at(-1)?.isIntersecting ?? first));
    if (place.current !== null) observer.observe(place.current);
    return () => observer.disconnect();
  }, [first]);
  return createElement(
    'div',
    { ref: place, style: { height: `${count * ENTRY_HEIGHT}rem` } },
    inView && draw(),
  );
}
