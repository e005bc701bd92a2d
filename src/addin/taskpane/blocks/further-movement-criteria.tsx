import { Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { useActions, usePaneState, useWords } from '../pane-context';
import { type FurtherCriterion, furtherCriteria } from '../store/movements';
import { MoreCriteria } from './more-criteria';

const useStyles = makeStyles({
  field: { gridTemplateColumns: '84px 1fr' },
  input: { minWidth: 0, width: '100%' },
});

const columns = {
  run: 'column.run',
  lot: 'column.lot',
  reason: 'column.reason',
  direction: 'column.direction',
  status: 'column.status',
  record: 'column.record',
  postedBy: 'column.postedBy',
} as const satisfies Record<FurtherCriterion, string>;

/** Criteria of movements that are seldom asked for. */
export function FurtherMovementCriteria() {
  const { t } = useWords();
  const { setMovementCriteria } = useActions();
  const criteria = usePaneState((state) => state.movements.criteria);
  const words = useChoiceWords();
  const set = furtherCriteria
    .filter((criterion) => criteria[criterion] !== '')
    .map((criterion) => ({
      name: criterion,
      text: `${t(columns[criterion])}: ${words(criterion, criteria[criterion])}`,
      takeOff: () => setMovementCriteria({ [criterion]: '' }),
    }));
  return (
    <MoreCriteria set={set}>
      {furtherCriteria.map((criterion) => (
        <Criterion key={criterion} criterion={criterion} />
      ))}
    </MoreCriteria>
  );
}

const choices = { direction: ['', 'unload', 'load'], status: ['', 'posted', 'restored'] } as const;
const digitsOnly: ReadonlySet<FurtherCriterion> = new Set(['run', 'record']);
const MOST_DIGITS = 9;

function Criterion({ criterion }: { criterion: FurtherCriterion }) {
  const styles = useStyles();
  const { t } = useWords();
  const { setMovementCriteria } = useActions();
  const value = usePaneState((state) => state.movements.criteria[criterion]);
  const words = useChoiceWords();
  const change = (text: string) => {
    const read = digitsOnly.has(criterion) ? text.replace(/\D/g, '').slice(0, MOST_DIGITS) : text;
    // Of a choice only its own values come.
    setMovementCriteria({ [criterion]: read });
  };
  return (
    <Field orientation="horizontal" size="small" className={styles.field} label={t(columns[criterion])}>
      {criterion === 'direction' || criterion === 'status' ? (
        <Select size="small" value={value} onChange={(_event, data) => change(data.value)}>
          {choices[criterion].map((choice) => (
            <option key={choice} value={choice}>
              {words(criterion, choice)}
            </option>
          ))}
        </Select>
      ) : (
        <Input
          size="small"
          className={styles.input}
          value={value}
          inputMode={digitsOnly.has(criterion) ? 'numeric' : 'text'}
          onChange={(_event, data) => change(data.value)}
        />
      )}
    </Field>
  );
}

/** A choice as the sheet calls it; what is typed stays as it is. */
function useChoiceWords(): (criterion: FurtherCriterion, value: string) => string {
  const { t } = useWords();
  return (criterion, value) => {
    if (criterion === 'direction') return value === '' ? t('pane.movements.both') : t(`direction.${value}`);
    if (criterion === 'status') return value === '' ? t('pane.movements.both') : t(`sheet.status.${value}`);
    return value;
  };
}
