import {
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import type { FormEventHandler, ReactNode } from 'react';

interface Framed {
  readonly title: string;
  /** What can be done, one way to leave among it. */
  readonly actions: ReactNode;
  readonly children: ReactNode;
  readonly close: () => void;
  /** There to be read and longer than a small pane: the keyboard scrolls what has the focus. */
  readonly toRead?: boolean;
  /** Makes it a form. */
  readonly onSubmit?: FormEventHandler;
  readonly className?: string;
}

/** The frame of every dialog, which is open as long as it is there. */
export function DialogFrame({ title, actions, children, close, toRead, onSubmit, className }: Framed) {
  const body = (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent className={className} tabIndex={toRead ? 0 : undefined}>
        {children}
      </DialogContent>
      <DialogActions>{actions}</DialogActions>
    </DialogBody>
  );
  return (
    <Dialog open onOpenChange={(_event, { open }) => (open ? undefined : close())}>
      <DialogSurface>{onSubmit ? <form onSubmit={onSubmit}>{body}</form> : body}</DialogSurface>
    </Dialog>
  );
}
