import { Button, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import type { Preview } from '../../../contract/runs';
import { asPreviewed } from '../../sync/preview-text';
import { lazily } from '../lazily';
import { lotsFile, refreshFile, shortageFile, unwindFile } from '../lazy-files';
import { useActions, usePaneState, useWords } from '../pane-context';
import { isPreviewOutdated } from '../preview-outdated';
import type { ShownPreview } from '../store/state';
import { useSaid } from '../use-said';
import { Bar } from './bar';
import { Fold } from './fold';
import { Force } from './force';
import { LoadFold } from './load';
import { Refusals } from './refusals';

const RefreshedOrders = lazily(refreshFile, (file) => file.RefreshedOrders);
const PlannedWork = lazily(unwindFile, (file) => file.PlannedWork);
const Lots = lazily(lotsFile, (file) => file.Lots);
const Shortages = lazily(shortageFile, (file) => file.Shortages);

const useStyles = makeStyles({
  counts: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM },
  count: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  good: { color: tokens.colorStatusSuccessForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
  forced: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalXS,
    overflowWrap: 'anywhere',
  },
  numbers: { fontVariantNumeric: 'tabular-nums' },
});

/** What the order book says of every marked order. */
export function JudgedPreview({ preview }: { preview: ShownPreview }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { command, outcomes } = preview;
  const { selectRows } = useActions();
  const outdated = usePaneState(isPreviewOutdated);
  const skipped = outcomes.filter(({ result }) => result === 'skipped');
  const refused = outcomes.filter(({ result, refusals }) => refusals.length > 0 && result !== 'skipped');
  const no = refused.length;
  const ok = outcomes.length - no - skipped.length;
  const okText = t(`pane.preview.ok.${command}`, { count: ok });
  const skippedText = t('pane.preview.skipped', { count: skipped.length });
  const noText = t(`pane.preview.no.${command}`, { count: no });
  useSaid(
    [okText, ...(skipped.length > 0 ? [skippedText] : []), ...(no > 0 ? [noText] : [])].join(', '),
    preview,
  );
  const told = outcomes.map((outcome) => ({ ...outcome, warnings: outcome.warnings.map(asPreviewed) }));
  const warned = outcomes.filter(({ warnings }) => warnings.length > 0).length;
  return (
    <>
      {preview.forced !== null && <Forced reason={preview.forced} />}
      {preview.asStockAllows && <Text block>{t('pane.shortages.asStockAllows.text')}</Text>}
      <Bar good={ok / Math.max(outcomes.length, 1)} bad={no / Math.max(outcomes.length, 1)} />
      <div className={styles.counts}>
        <Text weight="semibold" className={styles.count}>
          <CheckmarkCircleFilled className={styles.good} aria-hidden />
          {okText}
        </Text>
        {skipped.length > 0 && (
          <Link
            as="button"
            title={t('pane.group.rows')}
            onClick={() => void selectRows(skipped.map(({ key }) => key))}
          >
            {skippedText}
          </Link>
        )}
        {no > 0 && (
          <Text weight="semibold" className={styles.count}>
            <DismissCircleFilled className={styles.bad} aria-hidden />
            <Link
              as="button"
              title={t('pane.group.rows')}
              onClick={() => void selectRows(refused.map(({ key }) => key))}
            >
              {noText}
            </Link>
          </Text>
        )}
        {warned > 0 && <Text>{t('pane.preview.warn', { count: warned })}</Text>}
        <div aria-live="polite">{outdated && <Text block>{t('pane.preview.outdated')}</Text>}</div>
      </div>
      <Refusals outcomes={told} which="refusals" />
      <Refusals outcomes={told} which="warnings" />
      {preview.forced === null && <Force outcomes={outcomes} othersGo={ok > 0} />}
      {preview.refresh && <RefreshedOrders refresh={preview.refresh} />}
      <Movements preview={preview} />
      {preview.picking && preview.picking.orders > 0 && <PlannedWork picking={preview.picking} />}
      {preview.lots.length > 0 && <Lots preview={preview} />}
      {preview.shortages.length > 0 && <Shortages preview={preview} />}
      <LoadFold load={preview.load} />
      <Text size={200} className={styles.quiet}>
        {t('pane.preview.at', { time: formats.time(Date.parse(preview.at)) })}
      </Text>
    </>
  );
}

/** Says that this is not the preview of all marks, and leads back to it. */
function Forced({ reason }: { reason: string }) {
  const styles = useStyles();
  const { t } = useWords();
  const { preview } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  return (
    <div className={styles.forced}>
      <Text>{t('pane.force.previewed', { reason })}</Text>
      <Button size="small" disabledFocusable={busy} onClick={() => void preview()}>
        {t('pane.force.back')}
      </Button>
    </div>
  );
}

function Movements({ preview }: { preview: Preview }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const total = preview.warehouses.reduce((sum, { movements }) => sum + movements, 0);
  if (total === 0) return null;
  return (
    <Fold summary={t('pane.preview.movements', { count: total })}>
      {preview.warehouses.map(({ warehouse, name, movements }) => (
        <Text key={warehouse} size={200} className={styles.numbers}>
          {`${warehouse} ${name}`.trim()} · {formats.count(movements)}
        </Text>
      ))}
    </Fold>
  );
}
