import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import { useActions, usePaneState, useWords } from '../pane-context';
import { forcedMarks, markedFor } from '../store/marked';
import type { PaneState } from '../store/state';

const useStyles = makeStyles({
  footer: { borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}` },
  buttons: {
    display: 'flex',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
  },
  main: { flexGrow: 1, minWidth: 0 },
  second: { minWidth: '88px' },
  status: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minHeight: '24px',
    // Where it takes two lines, they keep off the border.
    padding: `${tokens.spacingVerticalXXS} ${tokens.spacingHorizontalM}`,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground3,
  },
  good: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0 },
  bad: { color: tokens.colorStatusDangerForeground1, flexShrink: 0 },
  line: { minWidth: 0, overflowWrap: 'anywhere' },
});

/** Always in view: the two buttons, the verb and the number on the one that acts, and where we are. */
export function Footer() {
  const styles = useStyles();
  const { t } = useWords();
  const { preview, commit } = useActions();
  const view = usePaneState((state) => state.view);
  const marks = usePaneState((state) => state.marks);
  const includeHidden = usePaneState((state) => state.includeHidden);
  const idle = usePaneState(mayRun);
  const forced = usePaneState((state) => (state.preview?.forced == null ? null : state.preview));
  const leftOut = usePaneState((state) => state.leftOut);
  const { going, hidden } = markedFor(view, marks, includeHidden, leftOut);
  // Of what was previewed as such: as many as stock allows, out of those that are marked.
  const fitting = usePaneState((state) =>
    state.preview?.asStockAllows === true
      ? state.preview.outcomes.filter(({ result }) => result === 'released').length
      : null,
  );
  const count = forced === null ? (fitting ?? going.length) : forcedMarks(forced, marks).length;
  const verb = forced === null ? t(`pane.commit.${view}`, { count }) : t('pane.commit.force', { count });
  return (
    <footer className={styles.footer}>
      <div className={styles.buttons}>
        <Button
          className={styles.second}
          disabledFocusable={!idle || going.length === 0}
          onClick={() => void preview()}
        >
          {t('pane.preview.button')}
        </Button>
        <Button
          className={styles.main}
          appearance="primary"
          disabledFocusable={!idle || count === 0}
          onClick={() => void commit()}
        >
          {forced === null && includeHidden && hidden.length > 0
            ? t('pane.commit.hidden', { verb, count: hidden.length })
            : verb}
        </Button>
      </div>
      <Status />
    </footer>
  );
}

/** One run at a time, and none that the order book would refuse for want of the right. */
function mayRun({ work, pendingRun, session, view }: PaneState): boolean {
  return work === null && pendingRun === null && (session === null || session.rights.includes(view));
}

/** Where we are, below what has no button that acts on orders. */
export function StatusFooter() {
  return (
    <footer>
      <Status />
    </footer>
  );
}

function Status() {
  const styles = useStyles();
  const { t, formats } = useWords();
  const connection = usePaneState((state) => state.connection);
  const session = usePaneState((state) => state.session);
  const syncedAt = usePaneState((state) => state.syncedAt);
  const where =
    session === null ? null : t('pane.status', { company: session.company.name, user: session.user });
  const now =
    connection === 'ready' && syncedAt !== null
      ? t('pane.status.synced', { time: formats.time(syncedAt) })
      : t(`pane.status.${connection === 'ready' ? 'connected' : connection}`);
  return (
    <div className={styles.status} role="status">
      {connection === 'ready' && <CheckmarkCircleFilled className={styles.good} aria-hidden />}
      {(connection === 'unreachable' || connection === 'signedOut') && (
        <DismissCircleFilled className={styles.bad} aria-hidden />
      )}
      <Text size={200} className={styles.line}>
        {where === null ? now : `${where} · ${now}`}
      </Text>
    </div>
  );
}
