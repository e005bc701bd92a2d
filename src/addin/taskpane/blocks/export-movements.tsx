import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DocumentTableRegular } from '@fluentui/react-icons/svg/document-table';
import { useActions, usePaneState, useWords } from '../pane-context';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

/** For review elsewhere: all that the search finds, with every column there is. */
export function ExportMovements() {
  const styles = useStyles();
  const { t } = useWords();
  const { openMovementsWorkbook, copyMovements } = useActions();
  const exported = usePaneState((state) => state.movements.exported);
  const busy = usePaneState((state) => state.work !== null);
  return (
    <div>
      <div className={styles.buttons}>
        <Button
          size="small"
          icon={<DocumentTableRegular />}
          disabled={busy}
          onClick={() => void openMovementsWorkbook()}
        >
          {t('pane.export.workbook')}
        </Button>
        <Button size="small" icon={<CopyRegular />} disabled={busy} onClick={() => void copyMovements()}>
          {t('pane.export.copy')}
        </Button>
      </div>
      <div aria-live="polite">
        {exported !== null && <Text size={200}>{t(`pane.export.${exported}.done`)}</Text>}
      </div>
    </div>
  );
}
