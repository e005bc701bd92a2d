import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Operation } from '../../../contract/order-content';
import { useActions, usePaneState, useWords } from '../pane-context';
import { troubleText } from '../trouble-text';
import { momentShown, shownTime } from './shown-time';
import { usePlantZone } from './use-plant-formats';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  buttons: { display: 'flex', gap: tokens.spacingHorizontalXS },
});

/** When an operation is to start, by the plant's clock. What is wrong with that is said at the field. */
export function MoveOperation({
  operation,
  onDone,
}: {
  operation: Operation;
  /** `moved`: it was, and not given up. */
  onDone: (moved: boolean) => void;
}) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { moveOperation } = useActions();
  const zone = usePlantZone();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const address = usePaneState((state) => state.address);
  const { orderLine, operation: number, start, startsAt } = operation;
  const [typed, setTyped] = useState(startsAt === null ? `${start}T08:00` : shownTime(startsAt, zone));
  const [wrong, setWrong] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const at = momentShown(typed, zone);
    if (at === null) return setWrong(t('pane.content.move.invalid'));
    setWrong(null);
    const no = await moveOperation({ orderLine, operation: number }, at);
    if (no === null) onDone(true);
    else setWrong(troubleText(no, t, formats, address));
  };
  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)}>
      <Field
        size="small"
        label={t('pane.content.move.start', { operation: number, zone })}
        hint={t('pane.content.move.tip')}
        {...(wrong !== null && { validationMessage: wrong })}
      >
        <Input
          size="small"
          type="datetime-local"
          value={typed}
          onChange={(_event, { value }) => setTyped(value)}
        />
      </Field>
      <div className={styles.buttons}>
        <Button size="small" type="submit" appearance="primary" disabledFocusable={busy}>
          {t('pane.content.move.do', { operation: number })}
        </Button>
        <Button size="small" onClick={() => onDone(false)}>
          {t('pane.cancel')}
        </Button>
      </div>
    </form>
  );
}
