import { Button, Text } from '@fluentui/react-components';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { useActions, usePaneState, useWords } from '../pane-context';
import { Block } from './block';

/** What is left to undo of the last release. It outlives searches and the pane: the order book remembers the run. */
export function UndoBlock() {
  const { t, formats } = useWords();
  const { undoRun } = useActions();
  const run = usePaneState((state) => state.lastRelease);
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  if (run === null || run.undoable === 0) return null;
  return (
    <Block title={t('pane.undo')}>
      <Text block>
        {t('pane.undo.left', { count: run.undoable, number: run.number })} {formats.moment(run.openedAt)}
      </Text>
      <Button
        size="small"
        icon={<ArrowUndoRegular />}
        disabledFocusable={busy}
        onClick={() => void undoRun()}
      >
        {t('pane.undo.run')}
      </Button>
    </Block>
  );
}
