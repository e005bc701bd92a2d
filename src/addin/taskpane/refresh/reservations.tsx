import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Reservation } from '../../../contract/reservations';
import { useActions, usePaneState, useWords } from '../pane-context';
import { troubleText } from '../trouble-text';

const useStyles = makeStyles({
  part: { margin: 0, fontSize: tokens.fontSizeBase200, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    paddingBlock: tokens.spacingVerticalXXS,
  },
  words: { flexGrow: 1, flexShrink: 1, flexBasis: '160px', overflowWrap: 'anywhere' },
  wrong: { color: tokens.colorStatusDangerForeground1 },
});

const nameOf = ({ of, document, line }: Reservation) => JSON.stringify([of, document, line]);

/** What stands in the way of a refresh: cancelled before it, made again after it. */
export function Reservations({ reservations }: { reservations: readonly Reservation[] }) {
  const styles = useStyles();
  const { t } = useWords();
  if (reservations.length === 0) return null;
  const standing = reservations.some(({ cancelledAt }) => cancelledAt === null);
  return (
    <div>
      <h3 className={styles.part}>{t('pane.reservations')}</h3>
      <Text size={200}>{t(standing ? 'pane.reservations.standing' : 'pane.reservations.cancelled')}</Text>
      <ul className={styles.list}>
        {reservations.map((reservation) => (
          <ReservationLine key={nameOf(reservation)} reservation={reservation} />
        ))}
      </ul>
    </div>
  );
}

function ReservationLine({ reservation }: { reservation: Reservation }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { changeReservation } = useActions();
  const allowed = usePaneState((state) => state.session?.rights.includes('refresh') ?? false);
  const busy = usePaneState((state) => state.work !== null || state.pendingRun !== null);
  const address = usePaneState((state) => state.address);
  const [wrong, setWrong] = useState<string | null>(null);
  const { of, document, line, item, unit, cancelledAt, cancelledBy } = reservation;
  const what = { document, line, item, unit, quantity: formats.quantity(reservation.quantity) };
  const words = t(`pane.reservation.${of}`, what);
  const step = cancelledAt === null ? 'cancel' : 'reserve';
  const change = async () => {
    const no = await changeReservation(step, reservation);
    setWrong(no && troubleText(no, t, formats, address));
  };
  return (
    <li className={styles.item}>
      <Text size={200} className={styles.words}>
        {words}
        {cancelledAt !== null &&
          ` · ${t('pane.reservation.cancelled', { user: cancelledBy ?? '', at: formats.moment(cancelledAt) })}`}
      </Text>
      {allowed && (
        <Button
          size="small"
          disabledFocusable={busy}
          aria-label={`${words}: ${t(`pane.reservation.${step}`)}`}
          onClick={() => void change()}
        >
          {t(`pane.reservation.${step}`)}
        </Button>
      )}
      {wrong !== null && (
        <Text size={200} role="alert" className={styles.wrong}>
          {wrong}
        </Text>
      )}
    </li>
  );
}
