import { Button, Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { Block } from '../blocks/block';
import { ExportMenu } from '../blocks/export-menu';
import { useActions, usePaneState, useWords } from '../pane-context';

const useStyles = makeStyles({
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

/** Leads to the sheet with what warehouses are asked to pick for executive orders, and to put away of their output. */
export function WarehouseRequestsBlock() {
  // What was loaded was loaded of one company: turning to another empties the sheet.
  const company = usePaneState((state) => state.company);
  return <RequestsOfCompany key={company} />;
}

function RequestsOfCompany() {
  const styles = useStyles();
  const { t } = useWords();
  const { loadRequests } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const [handled, setHandled] = useState(false);
  const [written, setWritten] = useState<number | null>(null);
  const query = handled ? {} : { completelyHandled: false };
  return (
    <Block title={t('sheet.requests')}>
      <Text size={200}>{t('pane.requests')}</Text>
      <Checkbox
        label={t('pane.requests.handled')}
        checked={handled}
        disabled={busy}
        onChange={(_event, { checked }) => setHandled(checked === true)}
      />
      <div className={styles.buttons}>
        <Button
          size="small"
          disabledFocusable={busy}
          onClick={() => void loadRequests(handled).then(setWritten)}
        >
          {t('pane.requests.load')}
        </Button>
        <ExportMenu
          place="requests"
          of={[{ what: { kind: 'warehouseRequests', query } }]}
          name={t('sheet.requests')}
        />
      </div>
      <Text size={200} role="status">
        {written !== null &&
          (written === 0 ? t('pane.requests.none') : t('pane.requests.written', { count: written }))}
      </Text>
    </Block>
  );
}
