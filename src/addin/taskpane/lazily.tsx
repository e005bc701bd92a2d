import { type ComponentType, useEffect, useState } from 'react';
import { ApiError } from '../api/errors';
import { useActions } from './pane-context';

/** A file with parts of the pane, which is loaded when it is first asked for. */
export interface LazyFile<File> {
  readonly load: () => Promise<File>;
  /** Null until it is loaded. */
  readonly loaded: () => File | null;
}

/** `read` is asked again after it failed, and never after it succeeded. */
export function lazyFile<File>(read: () => Promise<File>): LazyFile<File> {
  let file: File | null = null;
  return {
    async load() {
      const there = await read();
      file = there;
      return there;
    },
    loaded: () => file,
  };
}

/**
 * A part of the pane that comes with its file. Where that is loaded already the part is there at once, so that what comes into view has its
 * height. A file that does not come is told of, with a way to try again, like an order book that does not answer: both come from one
 * place, and the rest of the pane goes on. `Meanwhile` keeps its place, where the rest would move.
 */
export function lazily<File, P extends object>(
  { load, loaded }: LazyFile<File>,
  partOf: (file: File) => ComponentType<P>,
  Meanwhile?: ComponentType<P>,
): ComponentType<P> {
  return function Lazily(props: P) {
    const { report } = useActions();
    const [file, setFile] = useState(loaded);
    useEffect(() => {
      const read = async () => {
        try {
          const there = loaded() ?? (await load());
          setFile(() => there);
        } catch (cause) {
          report(new ApiError('unreachable', '/addin/', null, { cause }), read);
        }
      };
      void read();
    }, [report]);
    if (file === null) return Meanwhile ? <Meanwhile {...props} /> : null;
    const View = partOf(file);
    return <View {...props} />;
  };
}
