import { Input, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Days } from '../store/quick-days';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', flexWrap: 'wrap' },
  quick: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
  days: { display: 'grid', gridTemplateColumns: '1fr 1fr', gap: tokens.spacingHorizontalXS },
  day: { minWidth: 0, width: '100%', paddingInline: tokens.spacingHorizontalXS },
});

export interface DaySpanProps {
  readonly label: string;
  readonly fromLabel: string;
  readonly toLabel: string;
  readonly days: Days;
  /** Spans to pick. */
  readonly quick: readonly { readonly text: string; readonly days: Days }[];
  readonly onChange: (change: Partial<Days>) => void;
}

/** The first and the last day of a criterion. */
export function DaySpan({ label, fromLabel, toLabel, days, quick, onChange }: DaySpanProps) {
  const styles = useStyles();
  return (
    <div role="group" aria-label={label}>
      <div className={styles.head}>
        <Text size={200} aria-hidden>
          {label}
        </Text>
        <div className={styles.quick}>
          {quick.map(({ text, days: picked }) => (
            <Link as="button" type="button" key={text} onClick={() => onChange(picked)}>
              <Text size={200}>{text}</Text>
            </Link>
          ))}
        </div>
      </div>
      <div className={styles.days}>
        <Input
          size="small"
          type="date"
          className={styles.day}
          aria-label={fromLabel}
          value={days.from}
          onChange={(_event, { value }) => onChange({ from: value })}
        />
        <Input
          size="small"
          type="date"
          className={styles.day}
          aria-label={toLabel}
          value={days.to}
          onChange={(_event, { value }) => onChange({ to: value })}
        />
      </div>
    </div>
  );
}
