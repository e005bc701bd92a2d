import { Checkbox } from '@fluentui/react-components';
import { useActions, usePaneState, useWords } from '../pane-context';

/** Marked rows that a filter hides stay here unless the planner takes them along. */
export function HiddenMarks({ count }: { count: number }) {
  const { t } = useWords();
  const { setIncludeHidden } = useActions();
  const included = usePaneState((state) => state.includeHidden);
  return (
    <Checkbox
      checked={included}
      label={t('pane.marked.hidden', { count })}
      onChange={(_event, { checked }) => setIncludeHidden(checked === true)}
    />
  );
}
