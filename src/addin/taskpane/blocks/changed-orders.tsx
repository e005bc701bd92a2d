import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Outcome } from '../../../contract/runs';
import type { OrderKey } from '../../../domain/order';
import { refusalText } from '../../../language/refusal-text';
import type { ChangedChoice } from '../../sync/changed-elsewhere';
import { useActions, usePaneState, useWords } from '../pane-context';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalM, fontSize: tokens.fontSizeBase200 },
  key: { fontSize: 'inherit' },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    paddingBlock: tokens.spacingVerticalXS,
  },
});

const choices = ['theirs', 'mine', 'drop'] as const satisfies readonly ChangedChoice[];
/** Orders listed at most; the next ones follow when these are settled. */
const LISTED = 10;

/** Marked orders that somebody else changed meanwhile: who and when, what they are now, and what the planner can do with each. */
export function ChangedOrders() {
  const styles = useStyles();
  const { t } = useWords();
  const changed = usePaneState((state) => state.changed);
  if (changed.length === 0) return null;
  const more = changed.length - LISTED;
  const title = t('pane.changed', { count: changed.length });
  return (
    <div role="group" aria-label={title}>
      <Text weight="semibold">{title}</Text>
      <ul className={styles.list}>
        {changed.slice(0, LISTED).map((outcome) => (
          <ChangedOrder key={outcome.key} outcome={outcome} />
        ))}
        {more > 0 && <li>{t('pane.more', { count: more })}</li>}
      </ul>
      {changed.length > 1 && (
        <Choices orders={changed.map(({ key }) => key)} of={t('pane.changed.all')} shown />
      )}
    </div>
  );
}

function ChangedOrder({ outcome: { key, refusals, order } }: { outcome: Outcome }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { selectRows } = useActions();
  const now = order && {
    state: t(`state.${order.state}`),
    quantity: formats.quantity(order.quantity),
    unit: order.unit,
    start: formats.day(order.start),
  };
  return (
    <li>
      <Link as="button" inline className={styles.key} onClick={() => void selectRows([key])}>
        {key}
      </Link>{' '}
      {refusals.map((refusal) => refusalText(refusal, t, formats)).join(' ')}{' '}
      {now && t('pane.changed.now', now)}
      <Choices orders={[key]} of={key} />
    </li>
  );
}

interface ChoicesProps {
  readonly orders: readonly OrderKey[];
  /** What the buttons are about: said with each, and before them where it is not beside them already. */
  readonly of: string;
  readonly shown?: boolean;
}

function Choices({ orders, of, shown = false }: ChoicesProps) {
  const styles = useStyles();
  const { t } = useWords();
  const { settleChanged } = useActions();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  return (
    <div className={styles.buttons}>
      {shown && <Text size={200}>{of}</Text>}
      {choices.map((choice) => (
        <Button
          key={choice}
          size="small"
          disabledFocusable={busy}
          title={t(`pane.changed.${choice}.tip`)}
          aria-label={`${of}: ${t(`pane.changed.${choice}`)}`}
          onClick={() => void settleChanged(orders, choice)}
        >
          {t(`pane.changed.${choice}`)}
        </Button>
      ))}
    </div>
  );
}
