import { Link, makeStyles, tokens } from '@fluentui/react-components';
import type { Outcome } from '../../../contract/runs';
import { resultText } from '../../sync/plan-results';
import { useActions, useWords } from '../pane-context';
import { Fold } from './fold';
import { RowsLink } from './rows-link';

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
  const title = t('pane.result.unlikePreview', { count: outcomes.length });
  const more = outcomes.length - EXPLAINED;
  return (
    <Fold summary={title} beside={<RowsLink orders={outcomes.map(({ key }) => key)} of={title} />}>
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
