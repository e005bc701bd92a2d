import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { WarningFilled } from '@fluentui/react-icons/svg/warning';
import type { OrderContentChange, RefreshedOrder, RefreshPreview } from '../../../contract/refresh';
import { Fold } from '../blocks/fold';
import { useActions, usePaneState, useWords } from '../pane-context';
import { Capacity } from './capacity';
import { changeTitle, fieldText } from './change-text';
import { PlanChart } from './plan';
import { operationRows, orderRows } from './plan-picture';
import { usePlantFormats } from './use-plant-formats';

const useStyles = makeStyles({
  warning: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  sign: { color: tokens.colorStatusWarningForeground3, flexShrink: 0 },
  list: {
    margin: 0,
    paddingInlineStart: tokens.spacingHorizontalM,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: 'anywhere',
  },
  beside: { flexShrink: 0 },
  start: { alignSelf: 'flex-start' },
});

/** Orders listed at most; the sheet Refresh preview has every one. */
const ORDERS_SHOWN = 50;
const CHANGES_SHOWN = 100;

const kinds = ['added', 'removed', 'changed'] as const;

/** What a refresh would change, in words and as pictures: of all orders together, then order by order. */
export function RefreshedOrders({ refresh: { orders, load, closedDays } }: { refresh: RefreshPreview }) {
  const { t } = useWords();
  const [only, ...others] = orders;
  if (only === undefined) return null;
  const alone = others.length === 0;
  const more = orders.length - ORDERS_SHOWN;
  return (
    <>
      <Counts orders={orders} />
      <ShowInSheet />
      <Fold startsOpen summary={t('pane.refresh.plan.orders', { count: orders.length })}>
        <PlanChart
          title={alone ? t('pane.refresh.plan.operations', { order: only.key }) : t('pane.refresh.plan')}
          rows={alone ? operationRows(only) : orderRows(orders.slice(0, ORDERS_SHOWN))}
          closedDays={closedDays}
        />
      </Fold>
      <Capacity load={load} />
      {orders.slice(0, ORDERS_SHOWN).map((order) => (
        <Order key={order.key} order={order} closedDays={alone ? null : closedDays} />
      ))}
      {more > 0 && <Text size={200}>{t('pane.more', { count: more })}</Text>}
    </>
  );
}

/** Every change, one a row. */
function ShowInSheet() {
  const styles = useStyles();
  const { t } = useWords();
  const { showChanges } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  return (
    <Button
      size="small"
      className={styles.start}
      icon={<TableRegular />}
      disabledFocusable={busy}
      onClick={() => void showChanges()}
    >
      {t('pane.refresh.sheet')}
    </Button>
  );
}

/** `31 changes: 8 added, 2 removed`; edits that would be lost lead to their rows. */
function Counts({ orders }: { orders: readonly RefreshedOrder[] }) {
  const styles = useStyles();
  const { t } = useWords();
  const { selectRows } = useActions();
  const changes = orders.flatMap((order) => order.changes);
  const lost = changes.filter(({ editLost }) => editLost).length;
  const losing = orders.filter(isLosing);
  const parts = kinds.flatMap((kind) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return count === 0 ? [] : [t(`pane.refresh.${kind}`, { count })];
  });
  const total = t('pane.refresh.changes', { count: changes.length });
  return (
    <>
      <Text>{[total, ...(parts.length > 1 ? [parts.join(', ')] : [])].join(': ')}</Text>
      {lost > 0 && (
        <Text className={styles.warning} role="status">
          <WarningFilled className={styles.sign} aria-hidden />
          <Link as="button" inline onClick={() => void selectRows(losing.map(({ key }) => key))}>
            {t('pane.refresh.editsLost', { count: lost })}
          </Link>
        </Text>
      )}
    </>
  );
}

const isLosing = ({ changes }: RefreshedOrder) => changes.some(({ editLost }) => editLost);

/** `closedDays`: of its plan; null where that is shown above. */
function Order({
  order,
  closedDays,
}: {
  order: RefreshedOrder;
  closedDays: RefreshPreview['closedDays'] | null;
}) {
  const { t } = useWords();
  const out = usePaneState((state) => state.leftOut.includes(order.key));
  const { key, changes } = order;
  const told = [
    t('pane.refresh.changes', { count: changes.length }),
    ...(isLosing(order) ? [t('pane.refresh.editLost')] : []),
    ...(out ? [t('pane.refresh.leftOut')] : []),
  ];
  return (
    <Fold summary={`${key}: ${told.join(', ')}`} beside={<LeaveOut order={order} out={out} />}>
      <Released order={order} />
      <Inbound order={order} />
      <Changes changes={changes} />
      {closedDays !== null && (
        <PlanChart
          title={t('pane.refresh.plan.operations', { order: key })}
          rows={operationRows(order)}
          closedDays={closedDays}
        />
      )}
    </Fold>
  );
}

function LeaveOut({ order: { key }, out }: { order: RefreshedOrder; out: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const { leaveOut } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const name = t(out ? 'pane.refresh.takeIn' : 'pane.refresh.leaveOut');
  return (
    <Button
      size="small"
      appearance="subtle"
      className={styles.beside}
      disabledFocusable={busy}
      aria-label={`${key}: ${name}`}
      onClick={() => leaveOut(key, !out)}
    >
      {name}
    </Button>
  );
}

function Changes({ changes }: { changes: readonly OrderContentChange[] }) {
  const styles = useStyles();
  const { t } = useWords();
  const formats = usePlantFormats();
  const more = changes.length - CHANGES_SHOWN;
  return (
    <ul className={styles.list}>
      {changes.slice(0, CHANGES_SHOWN).map((change, place) => (
        // A preview is shown anew as a whole: its places stay.
        <li key={place}>
          <b>{changeTitle(change, t)}</b>
          {change.editLost && ` (${t('pane.refresh.editLost')})`}
          {change.kind === 'changed' &&
            change.fields.map((field) => (
              <Text block size={200} key={field.field}>
                {fieldText(field, t, formats)}
              </Text>
            ))}
        </li>
      ))}
      {more > 0 && <li>{t('pane.more', { count: more })}</li>}
    </ul>
  );
}

/** That an executive order would be restored before and released after. */
function Released({ order: { released } }: { order: RefreshedOrder }) {
  const { t } = useWords();
  if (released === null) return null;
  const { takenBack, posted } = released;
  return <Text size={200}>{t('pane.refresh.released', { takenBack, posted })}</Text>;
}

/** What the warehouse would be asked for, or why it would not, where somebody wants to know. */
function Inbound({ order: { inbound, noInbound } }: { order: RefreshedOrder }) {
  const { t, formats } = useWords();
  if (inbound === null) {
    return noInbound === null || noInbound === 'notAsked' ? null : (
      <Text size={200}>{t(`pane.refresh.inbound.${noInbound}`)}</Text>
    );
  }
  const { warehouse, item, quantity, unit } = inbound;
  const what = { item, unit, quantity: formats.quantity(quantity) };
  return (
    <Text size={200}>
      {warehouse === null
        ? t('pane.refresh.inbound.anywhere', what)
        : t('pane.refresh.inbound.made', { ...what, warehouse })}
    </Text>
  );
}
