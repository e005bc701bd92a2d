import { Button, makeStyles, Text } from '@fluentui/react-components';
import { lazily } from '../lazily';
import { lotsFile } from '../lazy-files';
import { useActions, usePaneState, useWords } from '../pane-context';
import type { RefusalGroup } from '../refusal-groups';
import { outcomePlace, selectedOrderPlace } from './places';

const useStyles = makeStyles({ start: { alignSelf: 'flex-start' } });

const LotsButton = lazily(lotsFile, (file) => file.LotsButton);

/** The way on from refusals, where there is one. */
export function RefusalNext({ group: { code, orders } }: { group: RefusalGroup }) {
  const [first] = orders;
  const all = orders.flatMap(({ refusals }) => refusals);
  if (all.some(({ next }) => next === 'restoreAndRelease')) return <RestoreAndRelease />;
  if (code === 'REF-06' && first !== undefined) return <ShowReservations order={first.key} />;
  if (code === 'REL-09') return <ChooseLots />;
  return null;
}

/** To the sheet of lots, which only a preview can fill. */
function ChooseLots() {
  const { t } = useWords();
  const previewed = usePaneState(({ preview }) => preview !== null && preview.lots.length > 0);
  return previewed ? <LotsButton /> : <Text size={200}>{t('pane.lots.previewFirst')}</Text>;
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
