import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { usePaneState, useWords } from '../pane-context';

export interface AddressDialogProps {
  readonly address: string;
  readonly save: (address: string) => void;
  readonly close: () => void;
}

/**
 * Where the order book is, when it is not where the pane came from. It stays while work is under way: one piece of work
 * asks one order book.
 */
export function AddressDialog({ address, save, close }: AddressDialogProps) {
  const { t } = useWords();
  const busy = usePaneState((state) => state.work !== null);
  const [typed, setTyped] = useState(address);
  const [invalid, setInvalid] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const origin = originOf(typed);
    setInvalid(origin === null);
    if (origin === null) return;
    save(origin);
    close();
  };
  return (
    <Dialog open onOpenChange={(_event, { open }) => (open ? undefined : close())}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle>{t('pane.address.title')}</DialogTitle>
            <DialogContent>
              <Field
                label={t('pane.address.hint')}
                {...(invalid ? { validationMessage: t('pane.address.invalid') } : {})}
              >
                <Input type="url" value={typed} onChange={(_event, { value }) => setTyped(value)} />
              </Field>
            </DialogContent>
            <DialogActions>
              <Button appearance="primary" type="submit" disabled={busy}>
                {t('pane.address.save')}
              </Button>
              <Button onClick={close}>{t('pane.address.cancel')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}

/** The origin of a web address, empty for none given, null for anything else. */
function originOf(typed: string): string | null {
  if (typed.trim() === '') return '';
  if (!URL.canParse(typed.trim())) return null;
  const url = new URL(typed.trim());
  return /^https?:$/.test(url.protocol) ? url.origin : null;
}
