import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useRef, useState } from 'react';
import type { OrderDetail } from '../../../contract/orders';
import type { ScannedBarcode } from '../../../contract/papers';
import type { Refusal } from '../../../contract/values';
import { refusalText } from '../../../language/refusal-text';
import { useActions, usePaneState, useWords, type Words } from '../pane-context';
import { useSaid } from '../use-said';
import { Block } from './block';
import { scannedOperation } from './declarable-operations';

const useStyles = makeStyles({
  form: { display: 'flex', alignItems: 'start', gap: tokens.spacingHorizontalXS },
  field: { flexGrow: 1, minWidth: 0 },
  // Beside the input, whatever stands above and below it.
  find: { marginTop: '22px' },
});

/** More than any barcode of ours: what is longer was scanned into this field by mistake, and is refused whole. */
const LONGEST = 100;

/** A paper from the shop floor: a scanner types what is on it and presses Enter, and its order comes up, ready to be declared on. */
export function Scan() {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { scan } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const [typed, setTyped] = useState('');
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  const field = useRef<HTMLInputElement>(null);
  const submit = async () => {
    const barcode = typed.trim();
    if (barcode === '' || busy) return;
    const why = await scan(barcode);
    setRefusals(why ?? []);
    if (why?.length === 0) setTyped('');
    // The next scan takes the place of this one.
    else field.current?.select();
  };
  const said = refusals.map((why) => refusalText(why, t, formats)).join(' ');
  return (
    <Block title={t('pane.scan')}>
      <form
        className={styles.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field
          className={styles.field}
          size="small"
          label={t('pane.scan.label')}
          {...(said !== '' && { validationMessage: said })}
        >
          <Input
            input={{ ref: field }}
            size="small"
            value={typed}
            maxLength={LONGEST}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, { value }) => setTyped(value)}
          />
        </Field>
        <Button className={styles.find} size="small" type="submit" disabledFocusable={busy}>
          {t('pane.scan.find')}
        </Button>
      </form>
      <Found />
    </Block>
  );
}

/** What the barcode stands for, and why nothing is declared on it where that is so. */
function Found() {
  const scanned = usePaneState((state) => state.selected?.scanned ?? null);
  const detail = usePaneState((state) => state.selected?.detail ?? null);
  return scanned && detail && <FoundText scanned={scanned} order={detail} />;
}

function FoundText({ scanned, order }: { scanned: ScannedBarcode; order: OrderDetail }) {
  const { t } = useWords();
  const text = `${foundText(scanned, t)} ${hindrance(scanned, order, t)}`.trim();
  useSaid(text, scanned);
  return <Text size={200}>{text}</Text>;
}

function foundText({ of, order, paper, kind, operation, job }: ScannedBarcode, t: Words['t']): string {
  const about = { order, paper, kind: t(`paper.${kind}`), operation: operation ?? '' };
  return t(`pane.scan.found.${of}`, { ...about, job: job === null ? '' : t(`paper.${job}`) });
}

function hindrance(scanned: ScannedBarcode, { state, operations }: OrderDetail, t: Words['t']): string {
  if (state !== 'executive') return t('pane.scan.notExecutive', { state: t(`state.${state}`).toLowerCase() });
  const { operation } = scanned;
  if (operation === null || scannedOperation(operations, scanned) !== undefined) return '';
  return t('pane.scan.notDeclared', { operation });
}
