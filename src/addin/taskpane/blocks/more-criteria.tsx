import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useWords } from '../pane-context';

const useStyles = makeStyles({
  head: { paddingInline: 0, fontWeight: tokens.fontWeightRegular },
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  chips: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  chip: { fontWeight: tokens.fontWeightRegular, minWidth: 0, overflowWrap: 'anywhere' },
});

export interface SetCriterion {
  readonly name: string;
  /** The criterion and what it asks for. */
  readonly text: string;
  readonly takeOff: () => void;
}

/** Criteria that are seldom asked for. Folded, what is set stays readable, and each can be taken off. */
export function MoreCriteria({ set, children }: { set: readonly SetCriterion[]; children: ReactNode }) {
  const styles = useStyles();
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const fields = useId();
  const block = useRef<HTMLDivElement>(null);
  return (
    <div ref={block}>
      <Button
        appearance="transparent"
        size="small"
        className={styles.head}
        icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
        aria-expanded={open}
        aria-controls={fields}
        onClick={() => setOpen(!open)}
      >
        {set.length === 0 ? t('pane.find.more') : t('pane.find.more.set', { count: set.length })}
      </Button>
      <div id={fields} className={styles.fields}>
        {/* The chip goes with its criterion; the focus would be lost with it. */}
        {open
          ? children
          : set.length > 0 && (
              <Chips set={set} onTakenOff={() => block.current?.querySelector('button')?.focus()} />
            )}
      </div>
    </div>
  );
}

function Chips({ set, onTakenOff }: { set: readonly SetCriterion[]; onTakenOff: () => void }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <div className={styles.chips}>
      {set.map(({ name, text, takeOff }) => (
        <Button
          key={name}
          size="small"
          shape="circular"
          className={styles.chip}
          icon={<DismissRegular />}
          iconPosition="after"
          title={t('pane.find.takeOff', { criterion: text })}
          onClick={() => {
            takeOff();
            onTakenOff();
          }}
        >
          {text}
        </Button>
      ))}
    </div>
  );
}
