import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import type { Operation } from '../../../contract/order-content';
import type { OrderDetail } from '../../../contract/orders';
import { usePaneState, useWords } from '../pane-context';
import { MoveOperation } from './move-operation';
import { pictureStyles } from './picture-styles';
import { usePlantFormats } from './use-plant-formats';

const useStyles = makeStyles({
  scroll: { overflow: 'auto', maxHeight: '300px' },
  times: { whiteSpace: 'nowrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const nameOf = ({ orderLine, operation }: Operation) => `${orderLine} ${operation}`;

/** The operations of an order by the plant's clock, and the way to move one. */
export function Operations({ order: { operations } }: { order: OrderDetail }) {
  const styles = useStyles();
  const picture = pictureStyles();
  const { t } = useWords();
  const allowed = usePaneState((state) => state.session?.rights.includes('refresh') ?? false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [moved, setMoved] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const moving = operations.find((operation) => nameOf(operation) === chosen);
  if (operations.length === 0) return <Text size={200}>{t('pane.content.operations.none')}</Text>;
  return (
    <>
      <div
        ref={list}
        className={styles.scroll}
        tabIndex={0}
        role="region"
        aria-label={t('pane.content.operations')}
      >
        <table className={picture.table}>
          <caption className={picture.caption}>{t('pane.content.operations')}</caption>
          <thead>
            <tr>
              <th scope="col" className={picture.cell}>
                {t('change.part.operation')}
              </th>
              <th scope="col" className={picture.cell}>
                {t('pane.content.startEnd')}
              </th>
              {allowed && (
                <th scope="col" className={picture.cell}>
                  {t('pane.content.move')}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {operations.map((operation) => (
              <OperationRow
                key={nameOf(operation)}
                operation={operation}
                onMove={
                  allowed
                    ? () => {
                        setMoved(null);
                        setChosen(nameOf(operation));
                      }
                    : null
                }
              />
            ))}
          </tbody>
        </table>
      </div>
      <Text size={200} role="status">
        {moved}
      </Text>
      {moving !== undefined && (
        <MoveOperation
          key={chosen}
          operation={moving}
          onDone={(done) => {
            // The field that had the focus goes.
            list.current?.focus();
            setChosen(null);
            if (done) setMoved(t('pane.content.moved', { operation: moving.operation }));
          }}
        />
      )}
    </>
  );
}

/** `onMove`: null for whoever may not. */
function OperationRow({ operation, onMove }: { operation: Operation; onMove: (() => void) | null }) {
  const styles = useStyles();
  const picture = pictureStyles();
  const { t, formats } = useWords();
  const plant = usePlantFormats();
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const { operation: number, description, workCentre, machine, byHand } = operation;
  const { start, end, startsAt, endsAt } = operation;
  return (
    <tr>
      <th scope="row" className={picture.cell}>
        <b>
          {number} {description}
        </b>
        <Text block size={200} className={styles.quiet}>
          {machine === '' ? workCentre : `${workCentre} · ${machine}`}
        </Text>
        {byHand && <i>{t('pane.content.byHand')}</i>}
      </th>
      <td className={picture.cell}>
        <Text block size={200} className={styles.times}>
          {startsAt === null ? formats.day(start) : plant.moment(startsAt)}
        </Text>
        <Text block size={200} className={styles.times}>
          {endsAt === null ? formats.day(end) : plant.moment(endsAt)}
        </Text>
      </td>
      {onMove !== null && (
        <td className={picture.cell}>
          <Button
            size="small"
            disabledFocusable={busy}
            aria-label={t('pane.content.move.of', { operation: number })}
            onClick={onMove}
          >
            {t('pane.content.move')}
          </Button>
        </td>
      )}
    </tr>
  );
}
