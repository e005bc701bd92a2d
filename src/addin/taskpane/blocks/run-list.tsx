import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { PrintRegular } from '@fluentui/react-icons/svg/print';
import { useEffect } from 'react';
import type { RunSummary } from '../../../contract/runs';
import { notDoneText } from '../not-done-text';
import { useActions, usePaneState, useWords } from '../pane-context';
import { hasWithdrawals } from '../store/movements';
import { isLoadable } from '../store/todays-runs';
import { troubleText } from '../trouble-text';
import { RunExports } from './run-exports';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  // What an export says has a line of its own.
  item: { display: 'flex', alignItems: 'flex-start', flexWrap: 'wrap' },
  run: {
    flexGrow: 1,
    flexBasis: 0,
    minWidth: 0,
    justifyContent: 'flex-start',
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXS}`,
    fontWeight: tokens.fontWeightRegular,
    textAlign: 'start',
  },
  // Framed as the buttons are, so that both begin at the same place.
  text: {
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalXS}`,
    border: `${tokens.strokeWidthThin} solid transparent`,
  },
  line: { overflowWrap: 'anywhere' },
  loadable: { color: tokens.colorBrandForegroundLink },
  again: { alignSelf: 'flex-start' },
});

/** The runs of today, asked for anew whenever they may have changed. */
export function RunList() {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { readRuns } = useActions();
  const { items, total, error } = usePaneState((state) => state.runs);
  const company = usePaneState((state) => state.company);
  const address = usePaneState((state) => state.address);
  const own = usePaneState((state) => state.result?.run.id);
  useEffect(() => void readRuns(), [readRuns, company, address, own]);
  const more = total - (items?.length ?? 0);
  return (
    <>
      <div aria-live="polite">
        {error !== null && <Text block>{troubleText(error, t, formats, address)}</Text>}
        {items?.length === 0 && <Text block>{t('pane.runs.none')}</Text>}
        {items === null && error === null && <Text block>{t('pane.runs.reading')}</Text>}
      </div>
      <ul className={styles.list}>
        {items?.map((run) => (
          <li key={run.id} className={styles.item}>
            <Run run={run} />
            {hasWithdrawals(run) && <PrintList run={run} />}
            <RunExports run={run} place={`runs ${run.number}`} small />
          </li>
        ))}
        {items !== null && more > 0 && <li className={styles.text}>{t('pane.more', { count: more })}</li>}
      </ul>
      <Button
        size="small"
        className={styles.again}
        icon={<ArrowClockwiseRegular />}
        onClick={() => void readRuns()}
      >
        {t('pane.runs.again')}
      </Button>
    </>
  );
}

/** The storeman's list of what a run withdrew. */
function PrintList({ run }: { run: RunSummary }) {
  const { t } = useWords();
  const { writeList } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const name = t('pane.runs.list', { number: run.number });
  return (
    <Button
      appearance="subtle"
      size="small"
      icon={<PrintRegular />}
      title={name}
      aria-label={name}
      disabledFocusable={busy}
      onClick={() => void writeList(run)}
    />
  );
}

function Run({ run }: { run: RunSummary }) {
  const styles = useStyles();
  const { t } = useWords();
  const { loadRun } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  if (!isLoadable(run)) {
    return (
      <div className={styles.text}>
        <Summary run={run} />
      </div>
    );
  }
  return (
    <Button
      appearance="subtle"
      className={styles.run}
      title={t('pane.runs.load')}
      disabledFocusable={busy}
      onClick={() => void loadRun(run)}
    >
      <Summary run={run} />
    </Button>
  );
}

/** `17 Release, anna, 10:42` and below `12 of 14 orders, 2 refused, ended` */
function Summary({ run }: { run: RunSummary }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const head = [t(`export.command.${run.command}`), run.actor, formats.time(Date.parse(run.openedAt))];
  const parts = [
    t('pane.runs.orders', {
      good: run.succeeded,
      total: run.total,
      count: run.total,
    }),
    ...notDoneText(run, t),
    t(`pane.runs.state.${run.state}`),
    ...(run.undoes === null ? [] : [t('pane.runs.undoes', { number: run.undoes })]),
  ];
  return (
    <span className={styles.line}>
      <Text block>
        <b className={isLoadable(run) ? styles.loadable : undefined}>{run.number}</b> {head.join(', ')}
      </Text>
      <Text block size={200}>
        {parts.join(', ')}
      </Text>
    </span>
  );
}
