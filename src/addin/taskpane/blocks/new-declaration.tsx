import { Button, Checkbox, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Operation } from '../../../contract/order-content';
import { finalOperation } from '../../../domain/declaration/operations';
import { readQuantity } from '../../read-quantity';
import { regionOf } from '../../region';
import { useActions, usePaneState, useWords } from '../pane-context';
import { declarableOperations, scannedOperation } from './declarable-operations';

const useStyles = makeStyles({
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalXS },
  operation: { flexBasis: '100%', minWidth: 0 },
  quantity: { width: '96px' },
});

/** Opens a declaration: on the order where it has one productive operation or none, else on the operation chosen or scanned. */
export function NewDeclaration({ operations }: { operations: readonly Operation[] }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { openDeclaration } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const [typed, setTyped] = useState('');
  const [closing, setClosing] = useState(false);
  const [invalid, setInvalid] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const scanned = usePaneState((state) => state.selected?.scanned ?? null);
  const pieces = useRef<HTMLInputElement>(null);
  // Whoever scanned a paper says next how many: of what they scanned, whatever was chosen before.
  useEffect(() => {
    if (scanned === null) return;
    setChosen(scannedOperation(operations, scanned)?.operation ?? null);
    pieces.current?.focus();
    // A step with the order brings its operations anew; only another scan is a new wish.
  }, [scanned]);
  const choices = declarableOperations(operations);
  const final = finalOperation(operations);
  const operation = choices.find((choice) => choice.operation === chosen)?.operation ?? final;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const quantity = typed.trim() === '' && closing ? '0' : readQuantity(typed, regionOf());
    setInvalid(quantity === null);
    if (quantity === null) return;
    void openDeclaration({ quantity, closing, ...(operation !== null && { operation }) }).then(() => {
      setTyped('');
      setClosing(false);
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {choices.length > 1 && (
        <Field size="small" label={t('pane.declaration.operation')} className={styles.operation}>
          <Select
            size="small"
            value={String(operation)}
            onChange={(_event, { value }) => setChosen(Number(value))}
          >
            {choices.map((choice) => (
              <option key={choice.operation} value={choice.operation}>
                {`${choice.operation} · ${choice.description}`}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field
        size="small"
        label={t('pane.declaration.quantity')}
        {...(invalid
          ? {
              validationMessage: t('pane.declaration.quantity.invalid', {
                example: formats.quantity('12.5'),
              }),
            }
          : {})}
      >
        <Input
          input={{ ref: pieces }}
          size="small"
          className={styles.quantity}
          inputMode="decimal"
          value={typed}
          onChange={(_event, { value }) => setTyped(value)}
        />
      </Field>
      <Checkbox
        size="medium"
        label={t(operation === final ? 'pane.declaration.close' : 'pane.declaration.closeOperation')}
        checked={closing}
        onChange={(_event, { checked }) => setClosing(checked === true)}
      />
      <Button size="small" type="submit" disabledFocusable={busy}>
        {t('pane.declaration.open')}
      </Button>
    </form>
  );
}
