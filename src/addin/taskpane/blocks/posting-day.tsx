import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CalendarRegular } from '@fluentui/react-icons/svg/calendar';
import { usePaneState, usePreferences, useWords } from '../pane-context';
import { postingDay } from '../preferences';
import { dialogs, useShowDialog } from '../show-dialogs';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground1,
  },
});

/** Beside the button that releases, as long as movements would be posted on another day than today's. */
export function PostingDay() {
  const styles = useStyles();
  const { t, formats } = useWords();
  const show = useShowDialog();
  const { preferences } = usePreferences();
  const session = usePaneState((state) => state.session);
  const releasing = usePaneState((state) => state.view === 'release');
  const day = postingDay(preferences.posting, session);
  if (day === null || !releasing) return null;
  return (
    <div className={styles.line} role="status">
      <CalendarRegular aria-hidden />
      <Text size={200}>{t('pane.posting', { day: formats.day(day) })}</Text>
      <Link as="button" onClick={() => void show(dialogs.settings)}>
        <Text size={200}>{t('pane.posting.change')}</Text>
      </Link>
    </div>
  );
}
