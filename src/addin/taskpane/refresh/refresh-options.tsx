import {
  Button,
  Checkbox,
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import type { RefreshOptions } from '../../../domain/refresh/options';
import { Block } from '../blocks/block';
import { outcomePlace } from '../blocks/places';
import { useActions, usePaneState, useWords } from '../pane-context';
import { newOrdersIn } from '../store/marked';

const useStyles = makeStyles({
  parts: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground3 },
  hint: {
    display: 'block',
    paddingInlineStart: tokens.spacingHorizontalXXXL,
    color: tokens.colorNeutralForeground3,
  },
  start: { alignSelf: 'flex-start' },
});

const directions = ['back', 'forward'] as const;
const parts = ['lines', 'routings', 'componentNeed'] as const;
const confirmations = [
  ['inboundRequest', 'inbound'],
  ['confirmPicked', 'picked'],
  ['executive', 'executive'],
] as const;
type Confirmation = (typeof confirmations)[number][0];

function chosenAs(option: Confirmation, on: boolean): Partial<RefreshOptions> {
  return option === 'executive' ? { executive: on ? 'restoreAndRelease' : 'refuse' } : { [option]: on };
}

/** How orders are calculated, and the new orders that wait in the sheet. */
export function RefreshOptionsBlock() {
  const { t } = useWords();
  return (
    <Block title={t('pane.refresh.options')}>
      <NewOrders />
      <Direction />
      <Calculate />
      <Confirmations />
    </Block>
  );
}

function Direction() {
  const { t } = useWords();
  const { setRefreshOptions } = useActions();
  const direction = usePaneState((state) => state.refreshOptions.direction);
  const busy = usePaneState((state) => state.work !== null);
  return (
    <Field
      label={t('pane.refresh.direction')}
      hint={t(`pane.refresh.direction.${direction}.tip`)}
      size="small"
    >
      <RadioGroup
        layout="horizontal"
        value={direction}
        disabled={busy}
        onChange={(_event, { value }) =>
          setRefreshOptions({ direction: value === 'forward' ? 'forward' : 'back' })
        }
      >
        {directions.map((each) => (
          <Radio key={each} value={each} label={t(`pane.refresh.direction.${each}`)} />
        ))}
      </RadioGroup>
    </Field>
  );
}

/** Lines force the others on: said in words, since boxes that cannot be changed ask why. */
function Calculate() {
  const styles = useStyles();
  const { t } = useWords();
  const { setCalculate } = useActions();
  const calculate = usePaneState((state) => state.refreshOptions.calculate);
  const busy = usePaneState((state) => state.work !== null);
  const nothing = parts.every((part) => !calculate[part]);
  return (
    <div role="group" aria-label={t('pane.refresh.calculate')} className={styles.parts}>
      <Text size={200}>{t('pane.refresh.calculate')}</Text>
      {parts.map((part) => (
        <Checkbox
          key={part}
          size="medium"
          label={t(`pane.refresh.calculate.${part}`)}
          checked={calculate[part]}
          disabled={busy || (part !== 'lines' && calculate.lines)}
          onChange={(_event, { checked }) => setCalculate(part, checked === true)}
        />
      ))}
      <Text size={200} className={styles.quiet} aria-live="polite">
        {calculate.lines && t('pane.refresh.calculate.forced')}
        {nothing && t('pane.refresh.calculate.none')}
      </Text>
    </div>
  );
}

function Confirmations() {
  const styles = useStyles();
  const { t } = useWords();
  const { setRefreshOptions } = useActions();
  const options = usePaneState((state) => state.refreshOptions);
  const chosen = { ...options, executive: options.executive === 'restoreAndRelease' };
  const busy = usePaneState((state) => state.work !== null);
  return (
    <div className={styles.parts}>
      {confirmations.map(([option, name]) => (
        <div key={option}>
          <Checkbox
            label={t(`pane.refresh.${name}`)}
            aria-describedby={`refresh-${name}`}
            checked={chosen[option]}
            disabled={busy}
            onChange={(_event, { checked }) => setRefreshOptions(chosenAs(option, checked === true))}
          />
          <Text size={200} id={`refresh-${name}`} className={styles.hint}>
            {t(`pane.refresh.${name}.tip`)}
          </Text>
        </div>
      ))}
    </div>
  );
}

function NewOrders() {
  const styles = useStyles();
  const { t } = useWords();
  const { createOrders } = useActions();
  const marks = usePaneState((state) => state.marks);
  const includeHidden = usePaneState((state) => state.includeHidden);
  const pending = usePaneState((state) => state.pendingRun);
  const busy = usePaneState((state) => state.work !== null);
  const count = newOrdersIn(marks, includeHidden, pending).length;
  const create = async () => {
    const pressed = document.activeElement;
    await createOrders();
    // The button goes when no order waits any more.
    if (pressed?.isConnected === false) document.getElementById(outcomePlace)?.focus();
  };
  return (
    <>
      <Text size={200} aria-live="polite">
        {count === 0 ? t('pane.refresh.new.none') : t('pane.refresh.new', { count })}
      </Text>
      {count > 0 && (
        <Button
          size="small"
          className={styles.start}
          icon={<AddRegular />}
          disabledFocusable={busy || pending !== null}
          onClick={() => void create()}
        >
          {t('pane.refresh.create', { count })}
        </Button>
      )}
    </>
  );
}
