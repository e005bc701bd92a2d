import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { Block } from '../blocks/block';
import { useActions, usePaneState, useWords } from '../pane-context';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

/** Leads to the sheet in which materials and operations are edited, and sends what was changed there. */
export function EditContentBlock() {
  const styles = useStyles();
  const { t } = useWords();
  const { loadContent, applyContent } = useActions();
  const unusable = usePaneState((state) => state.work !== null || state.loaded === null);
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
    </Block>
  );
}
