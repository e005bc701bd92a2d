import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import type { FormEvent } from 'react';
import type { Exportable } from '../../../contract/downloads';
import type { LoadedSearch } from '../../sync/sheet';
import type { Translate } from '../../texts';
import { furtherText } from '../further-text';
import { lazily } from '../lazily';
import { later } from '../lazy-files';
import { useActions, usePaneState, useWords } from '../pane-context';
import { furtherCriteria, isSet, withoutFurther } from '../store/further-criteria';
import { quickDays } from '../store/quick-days';
import { Block } from './block';
import { DaySpan } from './day-span';
import { MoreCriteria } from './more-criteria';
import { ColumnsLeftOut } from './columns-left-out';
import { SavedSearchesToCome, WorkCentresToCome } from './fields-to-come';

const ExportMenu = lazily(later, (file) => file.ExportMenu);
const FurtherOrderCriteria = lazily(later, (file) => file.FurtherOrderCriteria);
const EmptySearch = lazily(later, (file) => file.EmptySearch);
// A box with a list to choose from is a tenth of what the pane would load at once; what is listed comes from the order book anyway.
const WorkCentrePicker = lazily(later, (file) => file.WorkCentrePicker, WorkCentresToCome);
const SavedSearches = lazily(later, (file) => file.SavedSearches, SavedSearchesToCome);

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  field: { gridTemplateColumns: '84px 1fr' },
  input: { minWidth: 0, width: '100%' },
  line: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
});

export function FindOrders() {
  const styles = useStyles();
  const { t } = useWords();
  const { search, setCriteria } = useActions();
  const criteria = usePaneState((state) => state.criteria[state.view]);
  const busy = usePaneState((state) => state.work !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void search();
  };
  return (
    <Block title={t('pane.find')}>
      <form className={styles.form} onSubmit={submit}>
        <Field orientation="horizontal" size="small" className={styles.field} label={t('pane.find.order')}>
          <Input
            size="small"
            className={styles.input}
            id="find-order"
            value={criteria.order}
            placeholder={t('pane.find.order.example')}
            onChange={(_event, { value }) => setCriteria({ order: value })}
          />
        </Field>
        <Field orientation="horizontal" size="small" className={styles.field} label={t('pane.find.item')}>
          <Input
            size="small"
            className={styles.input}
            value={criteria.item}
            placeholder={t('pane.find.item.example')}
            onChange={(_event, { value }) => setCriteria({ item: value })}
          />
        </Field>
        <StartDays />
        <WorkCentrePicker className={styles.field} />
        <Further />
        <div className={styles.line}>
          <Button type="submit" icon={<SearchRegular />} disabledFocusable={busy}>
            {t('pane.find.search')}
          </Button>
        </div>
      </form>
      <SavedSearches className={styles.field} />
      <Found />
    </Block>
  );
}

function StartDays() {
  const { t } = useWords();
  const { setCriteria } = useActions();
  const { startFrom, startTo } = usePaneState((state) => state.criteria[state.view]);
  const today = usePaneState((state) => state.session?.today ?? null);
  const label = t('pane.find.start');
  return (
    <DaySpan
      label={label}
      fromLabel={t('pane.find.from', { criterion: label })}
      toLabel={t('pane.find.to', { criterion: label })}
      days={{ from: startFrom, to: startTo }}
      quick={quickDays(today).map(({ name, days }) => ({ text: t(`pane.find.${name}`), days }))}
      onChange={({ from = startFrom, to = startTo }) => setCriteria({ startFrom: from, startTo: to })}
    />
  );
}

function Further() {
  const { t, formats } = useWords();
  const { setCriteria } = useActions();
  const further = usePaneState((state) => state.criteria[state.view].further);
  const set = furtherCriteria.flatMap((criterion) => {
    if (!isSet(criterion, further)) return [];
    const text = furtherText(criterion, further, t, formats);
    const takeOff = () => setCriteria({ further: withoutFurther(criterion, further) });
    return [{ name: criterion, text, takeOff }];
  });
  return (
    <MoreCriteria set={set}>
      <FurtherOrderCriteria />
    </MoreCriteria>
  );
}

/** Says what is in the sheet and how old it is. */
function Found() {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { searchAgain } = useActions();
  const loaded = usePaneState((state) => state.loaded);
  const kept = usePaneState((state) => state.kept);
  const filtersLost = usePaneState((state) => state.filtersLost);
  const columnsLeftOut = usePaneState((state) => state.columnsLeftOut);
  const busy = usePaneState((state) => state.work !== null);
  if (loaded === null) return null;
  const { run, found, written } = loaded;
  return (
    <>
      <div className={styles.line}>
        <Text size={200} aria-live="polite">
          <b>{whatIsIn(loaded, t)}</b> {t('pane.found.at', { time: formats.time(loaded.at) })}
        </Text>
        <Button
          size="small"
          appearance="subtle"
          icon={<ArrowSyncRegular />}
          title={t('pane.find.again')}
          aria-label={t('pane.find.again')}
          disabledFocusable={busy}
          onClick={() => void searchAgain()}
        />
        {found > 0 && <ExportMenu place="orders" of={[{ what: exportableOf(loaded) }]} small />}
      </div>
      {written !== undefined && <Text size={200}>{t('pane.found.stopped')}</Text>}
      {kept > 0 && <Text size={200}>{t('pane.kept', { count: kept })}</Text>}
      {filtersLost.length > 0 && (
        <Text size={200}>{t('pane.filtersLost', { columns: filtersLost.join(', ') })}</Text>
      )}
      <ColumnsLeftOut columns={columnsLeftOut} again={searchAgain} />
      {found === 0 && run === undefined && <EmptySearch loaded={loaded} />}
    </>
  );
}

/** What the search finds, or the log of the run whose orders are in the sheet. */
function exportableOf({ query, run }: LoadedSearch): Exportable {
  return run === undefined ? { kind: 'orders', query } : { kind: 'log', run: run.id };
}

function whatIsIn({ view, run, found: count, written }: LoadedSearch, t: Translate): string {
  if (written !== undefined) return t('pane.found.part', { count, written });
  if (run !== undefined) return t('pane.found.run', { count, number: run.number });
  return t(`pane.found.${view}`, { count });
}
