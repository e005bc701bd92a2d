import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { Company } from '../../contract/plant';
import type { OrderKey } from '../../domain/order';
import { ApiError } from '../api/errors';
import { useActions } from './pane-context';

/** A dialog, given how to close it. */
type ShowDialog = (close: () => void) => ReactNode;

/** Dialogs are seldom wanted, so each is loaded when it is first asked for. */
export const dialogs = {
  settings: async (): Promise<ShowDialog> => {
    const { SettingsDialog } = await import('./dialogs/dialogs');
    return (close) => <SettingsDialog close={close} />;
  },
  diagnostics: async (): Promise<ShowDialog> => {
    const { DiagnosticsDialog } = await import('./dialogs/dialogs');
    return (close) => <DiagnosticsDialog close={close} />;
  },
  help: async (): Promise<ShowDialog> => {
    const { HelpDialog } = await import('./dialogs/dialogs');
    return (close) => <HelpDialog close={close} />;
  },
  explain: (order: OrderKey) => async (): Promise<ShowDialog> => {
    const { ExplainDialog } = await import('./dialogs/dialogs');
    return (close) => <ExplainDialog order={order} close={close} />;
  },
  company: (company: Company) => async (): Promise<ShowDialog> => {
    const { CompanyDialog } = await import('./dialogs/dialogs');
    return (close) => <CompanyDialog company={company} close={close} />;
  },
} as const;

/** Shows a dialog; where it was asked for gets the focus back: `home`, or else what has the focus now. */
type Show = (load: () => Promise<ShowDialog>, home?: HTMLElement | null) => Promise<void>;

const ShowContext = createContext<Show>(async () => {});

export function useShowDialog(): Show {
  return useContext(ShowContext);
}

/** The pane with the one dialog that is open. */
export function WithDialogs({ children }: { children: ReactNode }) {
  const { report } = useActions();
  const [dialog, setDialog] = useState<ShowDialog | null>(null);
  const home = useRef<HTMLElement | null>(null);
  const show: Show = async (load, from) => {
    home.current = from ?? focused();
    try {
      const shown = await load();
      setDialog(() => shown);
    } catch (cause) {
      // A part of the pane that does not come is an order book that does not answer: they come from one place.
      report(new ApiError('unreachable', '/addin/', null, { cause }), () => show(load, from));
    }
  };
  useEffect(() => {
    if (dialog === null && home.current?.isConnected === true) home.current.focus();
  }, [dialog]);
  return (
    <ShowContext.Provider value={show}>
      {children}
      {dialog?.(() => setDialog(null))}
    </ShowContext.Provider>
  );
}

function focused(): HTMLElement | null {
  const { activeElement } = globalThis.document;
  return activeElement instanceof HTMLElement ? activeElement : null;
}
