import { Field, Input, makeStyles } from '@fluentui/react-components';
import { usePaneState, useWords } from '../pane-context';

const useStyles = makeStyles({
  // As high and as wide as the lists with their buttons, so that nothing moves when they come.
  input: { minWidth: 0, width: '100%' },
});

interface ToComeProps {
  readonly className: string;
}

/** What is chosen of the work centres, while the list to choose from is being loaded. */
export function WorkCentresToCome({ className }: ToComeProps) {
  const { t } = useWords();
  const chosen = usePaneState((state) => state.criteria[state.view].workCentre);
  return (
    <FieldToCome
      className={className}
      label={t('pane.find.workCentre')}
      value={chosen.join(', ')}
      placeholder={t('pane.find.workCentre.all')}
    />
  );
}

/** The place of the saved searches, while their list is being loaded. */
export function SavedSearchesToCome({ className }: ToComeProps) {
  const { t } = useWords();
  return (
    <FieldToCome
      className={className}
      label={t('pane.find.saved')}
      value=""
      placeholder={t('pane.find.saved.example')}
    />
  );
}

interface FieldToComeProps extends ToComeProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
}

/** Disabled, as the focus would be lost with it. */
function FieldToCome({ className, label, value, placeholder }: FieldToComeProps) {
  const styles = useStyles();
  return (
    <Field orientation="horizontal" size="small" className={className} label={label}>
      <Input size="small" className={styles.input} disabled value={value} placeholder={placeholder} />
    </Field>
  );
}
