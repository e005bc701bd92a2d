import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Outcome } from '../../../contract/runs';
import type { Refusal } from '../../../domain/refusals';
import { refusalTexts } from '../../../language/refusal-text';
import { useActions, useWords } from '../pane-context';
import { dialogs, useShowDialog } from '../show-dialogs';
import { type RefusalGroup, refusalGroups } from '../refusal-groups';
import { Fold } from './fold';
import { RefusalNext } from './refusal-next';
import { RowsLink } from './rows-link';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalM, fontSize: tokens.fontSizeBase200 },
  key: { fontSize: 'inherit' },
});

/** Orders explained at most; the sheet's Result column explains every one after a run. */
const EXPLAINED = 20;
/** Of one order, in one group. */
const REASONS = 3;

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
  const show = useShowDialog();
  const name = t([`pane.group.${group.code}`, 'pane.group.other']);
  const summary = `${group.code} ${name} (${formats.count(group.orders.length)})`;
  const title = forced ? t('pane.force.group', { group: summary }) : summary;
  const more = group.orders.length - EXPLAINED;
  return (
    <Fold summary={title} beside={<RowsLink orders={group.orders.map(({ key }) => key)} of={title} />}>
      <ul className={styles.list}>
        {group.orders.slice(0, EXPLAINED).map(({ key, refusals }) => (
          <li key={key}>
            <Link as="button" inline className={styles.key} onClick={() => void selectRows([key])}>
              {key}
            </Link>{' '}
            <Reasons refusals={refusals} />
            <Link
              as="button"
              inline
              className={styles.key}
              aria-label={`${t('pane.explain')} ${t('pane.explain.title', { order: key })}`}
              onClick={() => void show(dialogs.explain(key))}
            >
              {t('pane.explain')}
            </Link>
          </li>
        ))}
        {more > 0 && <li>{t('pane.more', { count: more })}</li>}
      </ul>
      <RefusalNext group={group} />
    </Fold>
  );
}

/** Each on a line of its own; that an order may be forced is said once, below all of them. */
function Reasons({ refusals }: { refusals: readonly Refusal[] }) {
  const { t, formats } = useWords();
  const shown = refusals.slice(0, REASONS).map(({ code, params }) => ({ code, params }));
  const more = refusals.length - shown.length;
  return (
    <>
      {refusalTexts(shown, t, formats).map((text) => (
        <Text block size={200} key={text}>
          {text}
        </Text>
      ))}
      {more > 0 && (
        <Text block size={200}>
          {t('pane.more', { count: more })}
        </Text>
      )}
    </>
  );
}
