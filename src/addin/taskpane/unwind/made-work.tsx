import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Work } from '../../../contract/work';
import type { MadeWork as Made } from '../../api/order-book';
import { Fold } from '../blocks/fold';
import { useActions, useWords } from '../pane-context';

const useStyles = makeStyles({
  works: { margin: 0, paddingInlineStart: tokens.spacingHorizontalM, fontSize: tokens.fontSizeBase200 },
  key: { fontSize: 'inherit' },
});

/** The picking work that a release has made: for how many orders, and where each is fetched; an order's number selects its row. */
export function MadeWork({ made: { items, total } }: { made: Made }) {
  const styles = useStyles();
  const { t } = useWords();
  const { selectRows } = useActions();
  const more = total - items.length;
  if (total === 0) return null;
  return (
    <Fold summary={t('pane.preview.picking', { count: total })}>
      <ul className={styles.works}>
        {items.map((work) => (
          <li key={work.number}>
            {t('pane.picking.work', { number: work.number })} ·{' '}
            <Link as="button" inline className={styles.key} onClick={() => void selectRows([work.order])}>
              {work.order}
            </Link>{' '}
            · {t('pane.preview.picking.lines', { count: work.lines.length })} · {storagesOf(work)}
          </li>
        ))}
      </ul>
      {more > 0 && <Text size={200}>{t('pane.more', { count: more })}</Text>}
    </Fold>
  );
}

/** Each warehouse it is fetched from, by name. */
function storagesOf({ lines }: Work): string {
  const names = lines.map(({ pickFrom, pickFromName }) => (pickFromName === '' ? pickFrom : pickFromName));
  return [...new Set(names)].join(', ');
}
