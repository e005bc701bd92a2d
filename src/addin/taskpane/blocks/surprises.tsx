import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Outcome } from '../../../contract/runs';
import { resultText } from '../../sync/plan-results';
import { useActions, useWords } from '../pane-context';
import { Fold } from './fold';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalM, fontSize: tokens.fontSizeBase200 },
  key: { fontSize: 'inherit' },
});

/** Orders explained at most. */
const EXPLAINED = 20;

/** Orders that went otherwise than the preview had said, each with what became of it and why. */
export function Surprises({ outcomes }: { outcomes: readonly Outcome[] }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { selectRows } = useActions();
  if (outcomes.length === 0) return null;
  const more = outcomes.length - EXPLAINED;
  return (
    <Fold summary={t('pane.result.unlikePreview', { count: outcomes.length })}>
      <Link as="button" onClick={() => void selectRows(outcomes.map(({ key }) => key))}>
        <Text size={200}>{t('pane.group.rows')}</Text>
      </Link>
      <ul className={styles.list}>
        {outcomes.slice(0, EXPLAINED).map((outcome) => (
          <li key={outcome.key}>
            <Link as="button" inline className={styles.key} onClick={() => void selectRows([outcome.key])}>
              {outcome.key}
            </Link>{' '}
            {resultText(outcome, t, formats)}
          </li>
        ))}
        {more > 0 && <li>{t('pane.more', { count: more })}</li>}
      </ul>
    </Fold>
  );
}
