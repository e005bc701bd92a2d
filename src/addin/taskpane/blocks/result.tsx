import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { PrintRegular } from '@fluentui/react-icons/svg/print';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { actions } from '../../../domain/transitions';
import type { Translate } from '../../texts';
import { useActions, usePaneState, useWords } from '../pane-context';
import { lazily } from '../lazily';
import { paperFile, unwindFile } from '../lazy-files';
import { marksToRetry } from '../store/marked';
import { hasWithdrawals } from '../store/movements';
import { notDoneText } from '../not-done-text';
import type { RunResult } from '../store/state';
import { useSaid } from '../use-said';
import { Bar } from './bar';
import { Block } from './block';
import { ChangedOrders } from './changed-orders';
import { Force } from './force';
import { Refusals } from './refusals';
import { RunExports } from './run-exports';
import { Surprises } from './surprises';

const MadeWork = lazily(unwindFile, (file) => file.MadeWork);
const Papers = lazily(paperFile, (file) => file.Papers);

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

/** What the last run did; takes the preview's place until the next search or preview. */
export function ResultBlock({ result }: { result: RunResult }) {
  const styles = useStyles();
  const { t } = useWords();
  const { showMovements, retryFailed, writeList } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const pending = usePaneState((state) => state.pendingRun !== null);
  const retryable = usePaneState((state) => marksToRetry(result, state.marks).length);
  const { run, outcomes } = result;
  const left = run.total - run.done;
  const headline = headlineOf(result, t);
  useSaid(headline, result);
  // Holds go by the rows that are selected.
  const marked = actions.some((action) => action === run.command);
  return (
    <Block title={t('pane.result')}>
      <Bar
        good={run.succeeded / Math.max(run.total, 1)}
        bad={(run.refused + run.failed) / Math.max(run.total, 1)}
      />
      <div>
        <Text block weight="semibold">
          {headline}
        </Text>
        {left > 0 && <Text block>{t('pane.result.cancelled', { count: left })}</Text>}
        {result.replayed && <Text block>{t('pane.result.replayed')}</Text>}
        {run.failed > 0 && <Text block>{t('pane.result.failed.text')}</Text>}
        {run.refused + run.skipped > 0 && marked && <Text block>{t('pane.result.stillMarked')}</Text>}
      </div>
      <ChangedOrders />
      <Surprises outcomes={result.unlikePreview} />
      <Refusals outcomes={outcomes} which="refusals" />
      <Refusals outcomes={outcomes} which="warnings" />
      {run.command === 'release' && <Force outcomes={outcomes} />}
      {result.madeWork && <MadeWork made={result.madeWork} />}
      <div className={styles.buttons}>
        {retryable > 0 && (
          <Button
            size="small"
            icon={<ArrowClockwiseRegular />}
            disabledFocusable={busy || pending}
            onClick={() => void retryFailed()}
          >
            {t('pane.result.retry', { count: retryable })}
          </Button>
        )}
        {run.movements > 0 && (
          <Button
            size="small"
            icon={<TableRegular />}
            disabledFocusable={busy}
            onClick={() => void showMovements()}
          >
            {t('pane.result.showMovements')}
          </Button>
        )}
        {hasWithdrawals(run) && (
          <Button
            size="small"
            icon={<PrintRegular />}
            disabledFocusable={busy}
            onClick={() => void writeList(run)}
          >
            {t('sheet.withdrawals')}
          </Button>
        )}
        <RunExports run={run} place="result" />
      </div>
      {run.command === 'release' && run.succeeded > 0 && (
        <Papers
          key={run.id}
          of={{ run: run.id }}
          place="papers"
          definitive
          asked={run.papers ?? undefined}
          byOrder={run.ownPapers === true}
        />
      )}
    </Block>
  );
}

/** `12 released, 31 movements · run 17` */
function headlineOf(result: RunResult, t: Translate): string {
  const { run } = result;
  // The pane sends no other runs.
  const command =
    run.command === 'change' ||
    run.command === 'reserve' ||
    run.command === 'print' ||
    run.command === 'declare' ||
    run.command === 'import'
      ? 'release'
      : run.command;
  const done = command === 'release' && result.forced !== null ? 'force' : command;
  const parts = [
    t(`pane.result.${done}`, { count: run.succeeded }),
    ...notDoneText(run, t),
    ...(run.movements > 0 ? [t('pane.preview.movements', { count: run.movements })] : []),
  ];
  return `${parts.join(', ')} · ${t('pane.result.run', { number: run.number })}`;
}
