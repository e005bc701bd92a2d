import { Link, Text } from '@fluentui/react-components';
import { useActions, usePaneState, useWords } from '../pane-context';

export interface ColumnsLeftOutProps {
  /** Headers of columns that this version has and a sheet has no room for. */
  readonly columns: readonly string[];
  /** Repeats the search that fills them. */
  readonly again: () => Promise<void>;
}

/** Offers columns that would move what the planner has beside the table. */
export function ColumnsLeftOut({ columns, again }: ColumnsLeftOutProps) {
  const { t } = useWords();
  const { addColumns } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  if (columns.length === 0) return null;
  return (
    <Text size={200}>
      {t('pane.columnsLeftOut', { columns: columns.join(', ') })}{' '}
      <Link as="button" disabledFocusable={busy} onClick={() => void addColumns(again)}>
        <Text size={200}>{t('pane.columnsLeftOut.add')}</Text>
      </Link>
    </Text>
  );
}
