import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { type FormEvent, useEffect } from 'react';
import { useActions, usePaneState, useWords } from '../pane-context';
import { pastDays } from '../store/movements';
import { Block } from './block';
import { DaySpan } from './day-span';
import { FurtherMovementCriteria } from './further-movement-criteria';
import { WarehousePicker } from './warehouse-picker';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  field: { gridTemplateColumns: '84px 1fr' },
  input: { minWidth: 0, width: '100%' },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

export function FindMovements() {
  const styles = useStyles();
  const { t } = useWords();
  const { searchMovements, setMovementCriteria, readWarehouses } = useActions();
  const { order, item } = usePaneState((state) => state.movements.criteria);
  const company = usePaneState((state) => state.company);
  const busy = usePaneState((state) => state.work !== null);
  useEffect(() => void readWarehouses(), [readWarehouses, company]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void searchMovements();
  };
  return (
    <Block title={t('pane.movements.find')}>
      <form className={styles.form} onSubmit={submit}>
        <Field orientation="horizontal" size="small" className={styles.field} label={t('pane.find.order')}>
          <Input
            size="small"
            className={styles.input}
            value={order}
            placeholder={t('pane.find.order.example')}
            onChange={(_event, { value }) => setMovementCriteria({ order: value })}
          />
        </Field>
        <Field orientation="horizontal" size="small" className={styles.field} label={t('pane.find.item')}>
          <Input
            size="small"
            className={styles.input}
            value={item}
            placeholder={t('pane.find.item.example')}
            onChange={(_event, { value }) => setMovementCriteria({ item: value })}
          />
        </Field>
        <PostingDays />
        <WarehousePicker className={styles.field} />
        <FurtherMovementCriteria />
        <div className={styles.line}>
          <Button type="submit" appearance="primary" icon={<SearchRegular />} disabledFocusable={busy}>
            {t('pane.find.search')}
          </Button>
        </div>
      </form>
    </Block>
  );
}

function PostingDays() {
  const { t } = useWords();
  const { setMovementCriteria } = useActions();
  const { from, to } = usePaneState((state) => state.movements.criteria);
  const today = usePaneState((state) => state.session?.today ?? null);
  return (
    <DaySpan
      label={t('pane.movements.date')}
      fromLabel={t('pane.movements.from')}
      toLabel={t('pane.movements.to')}
      days={{ from, to }}
      quick={pastDays(today).map(({ name, days }) => ({ text: t(`pane.movements.${name}`), days }))}
      onChange={setMovementCriteria}
    />
  );
}
