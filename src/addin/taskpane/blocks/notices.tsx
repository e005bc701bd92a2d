import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  ProgressBar,
  Text,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useActions, usePaneState, useWords } from '../pane-context';
import { pendingText } from '../pending-text';
import { mayAskAgain } from '../store/pending';
import type { PaneState } from '../store/state';
import { troubleText } from '../trouble-text';

const useStyles = makeStyles({
  notices: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    ':empty': { display: 'none' },
  },
  progress: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  means: { marginTop: tokens.spacingVerticalXS },
  words: { flexGrow: 1, fontVariantNumeric: 'tabular-nums' },
});

/** What cannot wait for its block: work under way, a cell being edited, an interrupted run, trouble. */
export function Notices() {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <div className={styles.notices} role="region" aria-label={t('pane.notices')}>
      <WorkUnderWay />
      <WaitingForCell />
      <Interrupted />
      <TroubleBar />
    </div>
  );
}

function WorkUnderWay() {
  const styles = useStyles();
  const { t, formats } = useWords();
  const work = usePaneState((state) => state.work);
  if (work === null) return null;
  const { done, total, cancel } = work;
  const known = total > 0;
  const counted = known
    ? t('pane.work.progress', { done: formats.count(done), total: formats.count(total) })
    : '';
  return (
    <div>
      <div className={styles.progress}>
        <Text size={200} className={styles.words} aria-live="polite">
          {t(`pane.work.${work.kind}`)} {counted}
        </Text>
        {cancel !== null && (
          <Button size="small" onClick={cancel}>
            {t('pane.work.cancel')}
          </Button>
        )}
      </div>
      <ProgressBar aria-label={t(`pane.work.${work.kind}`)} {...(known ? { value: done, max: total } : {})} />
    </div>
  );
}

function WaitingForCell() {
  const { t } = useWords();
  const waiting = usePaneState((state) => state.waitingForCell);
  if (!waiting) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{t('pane.work.cellEdit')}</MessageBarBody>
    </MessageBar>
  );
}

function Interrupted() {
  const styles = useStyles();
  const { t } = useWords();
  const { resume, giveUp } = useActions();
  const pending = usePaneState((state) => state.pendingRun);
  const companies = usePaneState((state) => state.companies);
  const ours = usePaneState(asksAgain);
  const busy = usePaneState((state) => state.work !== null);
  if (pending === null || busy) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('pane.interrupted.title')}</MessageBarTitle>{' '}
        {pendingText(pending, ours, companies, t)}
        <Text block size={200} className={styles.means}>
          {t('pane.interrupted.giveUp.means')}
        </Text>
      </MessageBarBody>
      <MessageBarActions>
        {ours && <Button onClick={() => void resume()}>{t('pane.interrupted.ask')}</Button>}
        <Button onClick={() => void giveUp()}>{t('pane.interrupted.giveUp')}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function asksAgain(state: PaneState): boolean {
  return state.pendingRun !== null && mayAskAgain(state.pendingRun, state);
}

function TroubleBar() {
  const { t, formats } = useWords();
  const { dismissTrouble } = useActions();
  const trouble = usePaneState((state) => state.trouble);
  const address = usePaneState((state) => state.address);
  const ours = usePaneState(asksAgain);
  if (trouble === null) return null;
  const { retry } = trouble;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('error.title')}</MessageBarTitle>{' '}
        {troubleText(trouble.error, t, formats, address)}
      </MessageBarBody>
      <MessageBarActions
        containerAction={
          <Button
            appearance="transparent"
            icon={<DismissRegular />}
            aria-label={t('pane.dismiss')}
            onClick={dismissTrouble}
          />
        }
      >
        {retry !== null && !ours && <Button onClick={() => void retry()}>{t('pane.retry')}</Button>}
      </MessageBarActions>
    </MessageBar>
  );
}
