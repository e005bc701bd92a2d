import { type ComponentType, useEffect, useState } from 'react';
import { ApiError } from '../api/errors';
import { useActions } from './pane-context';

/**
 * A part of the pane that is loaded when it is first shown. One that does not come is told of, with a way to try again, like an order
 * book that does not answer: both come from one place, and the rest of the pane goes on.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function Lazily(props: P) {
    const { report } = useActions();
    const [View, setView] = useState(() => loaded);
    useEffect(() => {
      const read = async () => {
        try {
          loaded ??= await load();
          setView(() => loaded);
        } catch (cause) {
          report(new ApiError('unreachable', '/addin/', null, { cause }), read);
        }
      };
      void read();
    }, [report]);
    return View === null ? null : <View {...props} />;
  };
}
