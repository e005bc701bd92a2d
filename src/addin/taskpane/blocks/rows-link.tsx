import { Link, makeStyles, Text } from '@fluentui/react-components';
import type { OrderKey } from '../../../domain/order';
import { useActions, useWords } from '../pane-context';

const useStyles = makeStyles({ link: { flexShrink: 0 } });

export interface RowsLinkProps {
  readonly orders: readonly OrderKey[];
  /** What the orders have in common: said with the link, which stands beside it. */
  readonly of: string;
}

/** Selects the rows of these orders in the sheet, one block of neighbours a press. */
export function RowsLink({ orders, of }: RowsLinkProps) {
  const styles = useStyles();
  const { t } = useWords();
  const { selectRows } = useActions();
  return (
    <Link
      as="button"
      className={styles.link}
      title={t('pane.group.rows')}
      aria-label={`${t('pane.group.select')}: ${of}`}
      onClick={() => void selectRows(orders)}
    >
      <Text size={200}>{t('pane.group.select')}</Text>
    </Link>
  );
}
