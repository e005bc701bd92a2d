import { Field, Input, makeStyles, Select } from '@fluentui/react-components';
import { furtherNames } from '../further-text';
import { useActions, usePaneState, useWords } from '../pane-context';
import {
  type Further,
  type FurtherCriterion,
  type FurtherField,
  furtherFor,
  isDays,
  kindOf,
} from '../store/further-criteria';
import { quickDays } from '../store/quick-days';
import { DaySpan } from './day-span';

const useStyles = makeStyles({
  field: { gridTemplateColumns: '84px 1fr' },
  input: { minWidth: 0, width: '100%' },
});

/** A field for each criterion that is seldom asked for. */
export function FurtherOrderCriteria() {
  const view = usePaneState((state) => state.view);
  const further = usePaneState((state) => state.criteria[state.view].further);
  return furtherFor(view, further).map((criterion) => <Criterion key={criterion} criterion={criterion} />);
}

function Criterion({ criterion }: { criterion: FurtherCriterion }) {
  if (isDays(criterion)) return <DaysCriterion criterion={criterion} />;
  return kindOf(criterion) === 'flag' ? (
    <FlagCriterion criterion={criterion} />
  ) : (
    <TextCriterion criterion={criterion} />
  );
}

type DaysCriterionName = Extract<FurtherCriterion, 'due' | 'end' | 'usage' | 'released'>;

function DaysCriterion({ criterion }: { criterion: DaysCriterionName }) {
  const { t } = useWords();
  const [further, set] = useFurther();
  const today = usePaneState((state) => state.session?.today ?? null);
  const label = t(furtherNames[criterion]);
  // Nothing is released in days to come.
  const spans = quickDays(today).filter(({ name }) => criterion !== 'released' || name !== 'next7Days');
  return (
    <DaySpan
      label={label}
      fromLabel={t('pane.find.from', { criterion: label })}
      toLabel={t('pane.find.to', { criterion: label })}
      days={{ from: further[`${criterion}From`] ?? '', to: further[`${criterion}To`] ?? '' }}
      quick={spans.map(({ name, days }) => ({ text: t(`pane.find.${name}`), days }))}
      onChange={({ from, to }) =>
        set({
          ...(from !== undefined && { [`${criterion}From`]: from }),
          ...(to !== undefined && { [`${criterion}To`]: to }),
        })
      }
    />
  );
}

type OneField = Extract<FurtherCriterion, FurtherField>;

const choices = ['', 'true', 'false'] as const;

function FlagCriterion({ criterion }: { criterion: OneField }) {
  const styles = useStyles();
  const { t } = useWords();
  const [further, set] = useFurther();
  return (
    <Field orientation="horizontal" size="small" className={styles.field} label={t(furtherNames[criterion])}>
      <Select
        size="small"
        value={further[criterion] ?? ''}
        onChange={(_event, { value }) => set({ [criterion]: value })}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {t(choice === '' ? 'pane.find.flag.either' : `pane.find.flag.${choice}`)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const MOST_DIGITS = 9;

function TextCriterion({ criterion }: { criterion: OneField }) {
  const styles = useStyles();
  const { t } = useWords();
  const [further, set] = useFurther();
  const kind = kindOf(criterion);
  const change = (text: string) => {
    if (kind === 'number') return set({ [criterion]: text.replace(/\D/g, '').slice(0, MOST_DIGITS) });
    set({ [criterion]: kind === 'levels' ? text.replace(/[^\d, ]/g, '') : text });
  };
  return (
    <Field orientation="horizontal" size="small" className={styles.field} label={t(furtherNames[criterion])}>
      <Input
        size="small"
        className={styles.input}
        value={further[criterion] ?? ''}
        inputMode={kind === 'number' ? 'numeric' : 'text'}
        {...(kind === 'codes' && { placeholder: t('pane.find.codes.example') })}
        onChange={(_event, { value }) => change(value)}
      />
    </Field>
  );
}

function useFurther(): [Further, (change: Further) => void] {
  const { setCriteria } = useActions();
  const further = usePaneState((state) => state.criteria[state.view].further);
  return [further, (change) => setCriteria({ further: { ...further, ...change } })];
}
