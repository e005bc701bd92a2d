import { Button, makeStyles } from '@fluentui/react-components';
import { useActions, usePaneState, useWords } from '../pane-context';
import type { RefusalGroup } from '../refusal-groups';
import { outcomePlace, selectedOrderPlace } from './places';

const useStyles = makeStyles({ start: { alignSelf: 'flex-start' } });

/** The way on from refused refreshes, where there is one. */
export function RefusalNext({ group: { code, orders } }: { group: RefusalGroup }) {
  const [first] = orders;
  const all = orders.flatMap(({ refusals }) => refusals);
  if (all.some(({ next }) => next === 'restoreAndRelease')) return <RestoreAndRelease />;
  if (code === 'REF-06' && first !== undefined) return <ShowReservations order={first.key} />;
  return null;
}

function RestoreAndRelease() {
  const styles = useStyles();
  const { t } = useWords();
  const { setRefreshOptions, preview } = useActions();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const go = () => {
    // This button goes with its preview.
    document.getElementById(outcomePlace)?.focus();
    setRefreshOptions({ executive: 'restoreAndRelease' });
    void preview();
  };
  return (
    <Button size="small" className={styles.start} disabledFocusable={busy} onClick={go}>
      {t('pane.refresh.next.restoreAndRelease')}
    </Button>
  );
}

/** Those of the first order; whoever selects another row sees the others. */
function ShowReservations({ order }: { order: RefusalGroup['orders'][number]['key'] }) {
  const styles = useStyles();
  const { t } = useWords();
  const { selectRows, followSelection } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const go = async () => {
    await selectRows([order]);
    await followSelection();
    document.getElementById(selectedOrderPlace)?.scrollIntoView({ block: 'start' });
  };
  return (
    <Button size="small" className={styles.start} disabledFocusable={busy} onClick={() => void go()}>
      {t('pane.refresh.next.reservations', { order })}
    </Button>
  );
}
