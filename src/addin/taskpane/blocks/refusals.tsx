import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Outcome } from '../../../contract/runs';
import { refusalText } from '../../../language/refusal-text';
import { useActions, useWords } from '../pane-context';
import { type RefusalGroup, refusalGroups } from '../refusal-groups';
import { Fold } from './fold';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalM, fontSize: tokens.fontSizeBase200 },
  key: { fontSize: 'inherit' },
});

/** Orders explained at most; the sheet's Result column explains every one after a run. */
const EXPLAINED = 20;

/** Why orders cannot go, or what to know about them, by reason; an order's number selects its row. */
export function Refusals({
  outcomes,
  which,
}: {
  outcomes: readonly Outcome[];
  which: 'refusals' | 'warnings';
}) {
  return refusalGroups(outcomes, which).map((group) => (
    <Group key={group.code} group={group} forced={which === 'warnings' && isForced(group)} />
  ));
}

const isForced = ({ orders }: RefusalGroup) =>
  orders.some(({ refusals }) => refusals.some(({ params }) => params['context']?.endsWith('forced')));

function Group({ group, forced }: { group: RefusalGroup; forced: boolean }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { selectRows } = useActions();
  const title = t([`pane.group.${group.code}`, 'pane.group.other']);
  const summary = `${group.code} ${title} (${formats.count(group.orders.length)})`;
  const more = group.orders.length - EXPLAINED;
  return (
    <Fold summary={forced ? t('pane.force.group', { group: summary }) : summary}>
      <Link as="button" onClick={() => void selectRows(group.orders.map(({ key }) => key))}>
        <Text size={200}>{t('pane.group.rows')}</Text>
      </Link>
      <ul className={styles.list}>
        {group.orders.slice(0, EXPLAINED).map(({ key, refusals }) => (
          <li key={key}>
            <Link as="button" inline className={styles.key} onClick={() => void selectRows([key])}>
              {key}
            </Link>{' '}
            {refusals.map((refusal) => refusalText(refusal, t, formats)).join(' ')}
          </li>
        ))}
        {more > 0 && <li>{t('pane.more', { count: more })}</li>}
      </ul>
    </Fold>
  );
}
