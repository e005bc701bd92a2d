import { Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import type { PickableLot } from '../../../contract/work';
import { Fold } from '../blocks/fold';
import { useWords } from '../pane-context';

const useStyles = makeStyles({
  lots: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  quantity: { width: '96px' },
});

interface OtherLotsProps {
  /** Of the line, for whoever hears the fields. */
  readonly of: string;
  readonly unit: string;
  readonly lots: readonly PickableLot[];
  /** By lot, as it was typed. */
  readonly typed: Readonly<Record<string, string>>;
  readonly onType: (lot: string, text: string) => void;
}

/** The lots a line may be picked from in place of the one it says, with a field for each. */
export function OtherLots({ of, unit, lots, typed, onType }: OtherLotsProps) {
  const styles = useStyles();
  const { t, formats } = useWords();
  return (
    <Fold summary={t('pane.picking.lots')}>
      <div className={styles.lots}>
        {lots.map(({ lot, free, expiresOn }) => (
          <Field
            key={lot}
            size="small"
            label={[
              t('pane.picking.lot', { lot, quantity: formats.quantity(free), unit }),
              ...(expiresOn === null ? [] : [t('pane.picking.expires', { day: formats.day(expiresOn) })]),
            ].join(' · ')}
          >
            <Input
              size="small"
              className={styles.quantity}
              inputMode="decimal"
              aria-label={t('pane.picking.ofLot', { lot, of })}
              value={typed[lot] ?? ''}
              onChange={(_event, { value }) => onType(lot, value)}
            />
          </Field>
        ))}
      </div>
    </Fold>
  );
}
