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
import { ApiError } from '../../api/errors';
import { SheetError } from '../../sync/sheet';
import { useActions, usePaneState, useWords } from '../pane-context';
import { pendingText } from '../pending-text';
import { dialogs, useShowDialog } from '../show-dialogs';
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
      <NoCompany />
      <RightMissing />
      <Interrupted />
      <TroubleBar />
    </div>
  );
}

function WorkUnderWay() {
  const styles = useStyles();
  const { t } = useWords();
  const work = usePaneState((state) => state.work);
  if (work === null) return null;
  const { done, total, cancel } = work;
  const known = total > 0;
  const counted = known ? t('pane.work.progress', { done, total }) : '';
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

/** Without this right the order book would refuse every run of this view. */
function RightMissing() {
  const { t } = useWords();
  const view = usePaneState((state) => state.view);
  const missing = usePaneState(({ session }) => session !== null && !session.rights.includes(view));
  if (!missing) return null;
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>{t(`pane.right.${view}`)}</MessageBarBody>
    </MessageBar>
  );
}

function NoCompany() {
  const { t } = useWords();
  const { connect } = useActions();
  const none = usePaneState(
    ({ connection, companies, work }) => connection === 'ready' && companies.length === 0 && work === null,
  );
  if (!none) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('pane.noCompany.title')}</MessageBarTitle> {t('pane.noCompany.text')}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => void connect()}>{t('pane.retry')}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function isBroken(error: unknown): boolean {
  return error instanceof SheetError && (error.code === 'columnsGone' || error.code === 'tableGone');
}

function isAway(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'unreachable' || error.code === 'unknownReply');
}

function TroubleBar() {
  const { t, formats } = useWords();
  const { dismissTrouble, rebuildTable } = useActions();
  const show = useShowDialog();
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
        {isBroken(trouble.error) ? (
          <Button onClick={() => void rebuildTable()}>{t('pane.rebuild')}</Button>
        ) : (
          retry !== null && !ours && <Button onClick={() => void retry()}>{t('pane.retry')}</Button>
        )}
        {isAway(trouble.error) && (
          <Button onClick={() => void show(dialogs.diagnostics)}>{t('pane.menu.diagnostics')}</Button>
        )}
      </MessageBarActions>
    </MessageBar>
  );
}
