import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { DismissCircleFilled } from '@fluentui/react-icons/svg/dismiss-circle';
import type { OrderDetail } from '../../../contract/orders';
import { quantity, quantityText, zero } from '../../../domain/quantity';
import { refusalTexts } from '../../../language/refusal-text';
import { useWords } from '../pane-context';
import { Bar } from './bar';

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  numbers: { fontVariantNumeric: 'tabular-nums' },
  verdict: { display: 'flex', alignItems: 'flex-start', gap: tokens.spacingHorizontalXS },
  good: { color: tokens.colorStatusSuccessForeground1, flexShrink: 0, marginTop: '2px' },
  bad: { color: tokens.colorStatusDangerForeground1, flexShrink: 0, marginTop: '2px' },
});

/** How far an order is, and the way back from there: it can be restored, or why not and what to do next. */
export function WayBack({ order }: { order: OrderDetail }) {
  return (
    <>
      <Produced order={order} />
      <Verdict order={order} />
    </>
  );
}

function Produced({ order }: { order: OrderDetail }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { item, description, unit, restore } = order;
  const [total, produced] = [quantity(order.quantity), quantity(order.quantityProduced)];
  const left = total.minus(produced);
  const share = total.isZero() ? 0 : Math.min(Math.max(produced.div(total).toNumber(), 0), 1);
  const last = restore.lastDeclaration;
  return (
    <div className={styles.part}>
      <Text size={200}>
        <b>{item}</b> {description}
      </Text>
      <Bar good={share} bad={0} />
      <Text size={200} className={styles.numbers}>
        {t('pane.order.produced', {
          produced: formats.quantity(order.quantityProduced),
          total: formats.quantity(order.quantity),
          left: formats.quantity(quantityText(left.isNegative() ? zero : left)),
          unit,
        })}
      </Text>
      {last !== null && (
        <Text size={200}>
          {t(`pane.order.last.${last.registered ? 'registered' : 'opened'}`, {
            number: last.number,
            user: last.by,
            at: formats.moment(last.at),
          })}
        </Text>
      )}
    </div>
  );
}

/** That a launched order cannot be restored is nothing that stands in its way: it is where the way back ends. */
function Verdict({ order: { key, state, restore } }: { order: OrderDetail }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { refusals, warnings } = restore;
  const launched = state === 'launched';
  const can = launched || refusals.length === 0;
  const verdict = launched ? 'isLaunched' : can ? 'canRestore' : 'cannotRestore';
  return (
    <div className={styles.part} role="group" aria-label={t('pane.order.canRestore.of', { order: key })}>
      <div className={styles.verdict}>
        {can ? (
          <CheckmarkCircleFilled className={styles.good} aria-hidden />
        ) : (
          <DismissCircleFilled className={styles.bad} aria-hidden />
        )}
        <Text weight="semibold">{t(`pane.order.${verdict}`)}</Text>
      </div>
      {refusalTexts(launched ? [] : [...refusals, ...warnings], t, formats).map((why) => (
        <Text size={200} key={why}>
          {why}
        </Text>
      ))}
    </div>
  );
}
