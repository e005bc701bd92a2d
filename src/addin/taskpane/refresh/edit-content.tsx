import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Block } from '../blocks/block';
import { useActions, usePaneState, useWords } from '../pane-context';
import type { AppliedCounts } from '../store/state';
import type { Translate } from '../../texts';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

/** Leads to the sheet in which materials and operations are edited, and sends what was changed there. */
export function EditContentBlock() {
  const styles = useStyles();
  const { t } = useWords();
  const { loadContent, applyContent } = useActions();
  const unusable = usePaneState((state) => state.work !== null || state.loaded === null);
  const applied = usePaneState((state) => state.applied);
  return (
    <Block title={t('sheet.content')}>
      <Text size={200}>{t('pane.content.sheet')}</Text>
      <div className={styles.buttons}>
        <Button size="small" disabledFocusable={unusable} onClick={() => void loadContent()}>
          {t('pane.content.load')}
        </Button>
        <Button size="small" disabledFocusable={unusable} onClick={() => void applyContent()}>
          {t('pane.content.apply')}
        </Button>
      </div>
      <Text size={200} role="status">
        {applied !== null && appliedText(applied, t)}
      </Text>
    </Block>
  );
}

function appliedText({ changedRows, refusedRows, ordersLeft }: AppliedCounts, t: Translate): string {
  if (changedRows + refusedRows + ordersLeft === 0) return t('pane.content.applied.none');
  const rows = t('pane.content.applied', { changed: changedRows, refused: refusedRows });
  return ordersLeft === 0 ? rows : `${rows} ${t('pane.content.applied.left', { left: ordersLeft })}`;
}
