import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { useWords } from '../pane-context';
import { pictureStyles } from './picture-styles';

const useStyles = makeStyles({
  legend: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalM },
  entry: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS },
  sign: { width: '16px', height: '9px', boxSizing: 'border-box' },
  line: { width: '16px', borderTop: `2px solid ${tokens.colorNeutralForeground1}` },
  limit: { width: '16px', borderTop: `2px dotted ${tokens.colorStatusDangerForeground1}` },
});

/** What the bars of a picture mean. */
export function Legend({
  closed = false,
  load = false,
  limit = false,
}: {
  closed?: boolean;
  /** Of load against capacity. */
  load?: boolean;
  limit?: boolean;
}) {
  const styles = useStyles();
  const picture = pictureStyles();
  const { t } = useWords();
  const entry = (className: string, text: string) => (
    <Text size={100} className={styles.entry}>
      <span className={className} aria-hidden />
      {text}
    </Text>
  );
  return (
    <div className={styles.legend}>
      {entry(mergeClasses(styles.sign, picture.before), t('pane.refresh.before'))}
      {entry(mergeClasses(styles.sign, picture.after), t('pane.refresh.after'))}
      {closed && entry(mergeClasses(styles.sign, picture.closed), t('pane.refresh.closed'))}
      {load && entry(mergeClasses(styles.sign, picture.over), t('pane.refresh.over'))}
      {load && entry(styles.line, t('pane.refresh.capacity'))}
      {limit && entry(styles.limit, t('pane.refresh.limit'))}
    </div>
  );
}
