import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { type ReactNode, useId, useState } from 'react';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalXS,
  },
  head: {
    justifyContent: 'flex-start',
    paddingInline: 0,
    fontWeight: tokens.fontWeightRegular,
    textAlign: 'start',
  },
  body: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    paddingInlineStart: tokens.spacingHorizontalXL,
  },
});

export interface FoldProps {
  readonly summary: string;
  /** Stands at the end of the line, folded or not. */
  readonly beside?: ReactNode;
  /** For what a planner is to see at once. */
  readonly startsOpen?: boolean;
  readonly children: ReactNode;
}

/** A line that unfolds what it sums up. */
export function Fold({ summary, beside, startsOpen = false, children }: FoldProps) {
  const styles = useStyles();
  const [open, setOpen] = useState(startsOpen);
  const body = useId();
  return (
    <div>
      <div className={styles.line}>
        <Button
          appearance="transparent"
          size="small"
          className={styles.head}
          icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setOpen(!open)}
        >
          {summary}
        </Button>
        {beside}
      </div>
      <div id={body} className={styles.body} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
