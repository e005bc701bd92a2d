import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useId, useState } from 'react';
import { useActions, usePaneState, useWords } from '../pane-context';
import { type FurtherCriterion, furtherCriteria } from '../store/movements';

const useStyles = makeStyles({
  head: { paddingInline: 0, fontWeight: tokens.fontWeightRegular },
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  field: { gridTemplateColumns: '84px 1fr' },
  input: { minWidth: 0, width: '100%' },
  chips: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  chip: { fontWeight: tokens.fontWeightRegular, minWidth: 0, overflowWrap: 'anywhere' },
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

/** Criteria that are seldom asked for. Folded, what is set stays readable, and each can be taken off. */
export function FurtherMovementCriteria() {
  const styles = useStyles();
  const { t } = useWords();
  const criteria = usePaneState((state) => state.movements.criteria);
  const [open, setOpen] = useState(false);
  const fields = useId();
  const set = furtherCriteria.filter((criterion) => criteria[criterion] !== '');
  return (
    <div>
      <Button
        appearance="transparent"
        size="small"
        className={styles.head}
        icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={open}
        aria-controls={fields}
        onClick={() => setOpen(!open)}
      >
        {set.length === 0 ? t('pane.movements.more') : t('pane.movements.more.set', { count: set.length })}
      </Button>
      <div id={fields} className={styles.fields}>
        {open
          ? furtherCriteria.map((criterion) => <Criterion key={criterion} criterion={criterion} />)
          : set.length > 0 && <Chips set={set} />}
      </div>
    </div>
  );
}

function Chips({ set }: { set: readonly FurtherCriterion[] }) {
  const styles = useStyles();
  const { t } = useWords();
  const { setMovementCriteria } = useActions();
  const criteria = usePaneState((state) => state.movements.criteria);
  const words = useChoiceWords();
  return (
    <div className={styles.chips}>
      {set.map((criterion) => {
        const what = `${t(columns[criterion])}: ${words(criterion, criteria[criterion])}`;
        return (
          <Button
            key={criterion}
            size="small"
            shape="circular"
            className={styles.chip}
            icon={<DismissRegular />}
            iconPosition="after"
            title={t('pane.movements.takeOff', { criterion: what })}
            onClick={() => setMovementCriteria({ [criterion]: '' })}
          >
            {what}
          </Button>
        );
      })}
    </div>
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
