import { Button, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Declaration } from '../../../contract/declarations';
import type { OrderDetail } from '../../../contract/orders';
import { finalOperation } from '../../../domain/declaration/operations';
import { useActions, usePaneState, useWords } from '../pane-context';
import { NewDeclaration } from './new-declaration';

const useStyles = makeStyles({
  part: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    paddingBlock: tokens.spacingVerticalXXS,
  },
  words: { flexGrow: 1, fontVariantNumeric: 'tabular-nums' },
  lot: { width: '120px' },
});

export function Declarations({ order }: { order: OrderDetail }) {
  const styles = useStyles();
  const { t } = useWords();
  const { declarations, operations, outputByLot } = order;
  const final = finalOperation(operations);
  const allowed = usePaneState((state) => state.session?.rights.includes('declare') ?? false);
  const needsLot = ({ closing, operation }: Declaration) =>
    outputByLot && closing && (operation ?? final) === final;
  return (
    <div>
      <h3 className={styles.part}>{t('pane.order.declarations')}</h3>
      {declarations.length === 0 ? (
        <Text size={200}>{t('pane.order.declarations.none')}</Text>
      ) : (
        <ul className={styles.list}>
          {declarations.map((declaration) => (
            <DeclarationLine
              key={declaration.number}
              declaration={declaration}
              unit={order.unit}
              needsLot={needsLot(declaration)}
              allowed={allowed}
            />
          ))}
        </ul>
      )}
      {!allowed && <Text size={200}>{t('pane.declaration.noRight')}</Text>}
      {allowed && order.state === 'executive' && <NewDeclaration operations={operations} />}
    </div>
  );
}

interface DeclarationLineProps {
  readonly declaration: Declaration;
  readonly unit: string;
  readonly needsLot: boolean;
  /** Whoever is here may declare. */
  readonly allowed: boolean;
}

function DeclarationLine({ declaration, unit, needsLot, allowed }: DeclarationLineProps) {
  const styles = useStyles();
  const { t } = useWords();
  const { stepDeclaration } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const [lot, setLot] = useState('');
  const words = useDeclarationWords(declaration, unit);
  const { number } = declaration;
  const registered = declaration.registeredAt !== null;
  const details = needsLot && lot.trim() !== '' ? { lot: lot.trim() } : undefined;
  const steps = registered
    ? ([['rollBack', 'roll-back']] as const)
    : ([
        ['register', 'register'],
        ['delete', 'delete'],
      ] as const);
  return (
    <li className={styles.item}>
      <Text size={200} className={styles.words}>
        {words}
      </Text>
      {needsLot && allowed && !registered && (
        <Input
          size="small"
          className={styles.lot}
          aria-label={t('pane.declaration.lot')}
          placeholder={t('pane.declaration.lot')}
          maxLength={40}
          value={lot}
          onChange={(_event, { value }) => setLot(value)}
        />
      )}
      {(allowed ? steps : []).map(([name, step], place) => (
        <Button
          // By its place: the first button stays, with the keyboard on it, when its step is taken.
          key={place}
          size="small"
          disabledFocusable={busy}
          aria-label={t('pane.declaration.of', { number, step: t(`pane.declaration.${name}`) })}
          onClick={() => void stepDeclaration(number, step, step === 'register' ? details : undefined)}
        >
          {t(`pane.declaration.${name}`)}
        </Button>
      ))}
    </li>
  );
}

function useDeclarationWords(declaration: Declaration, unit: string): string {
  const { t, formats } = useWords();
  const { number, operation, quantity, closing, registeredAt, movements } = declaration;
  return [
    t('pane.declaration', { number }),
    ...(operation === null ? [] : [t('pane.declaration.onOperation', { operation })]),
    `${formats.quantity(quantity)} ${unit}`,
    t(registeredAt === null ? 'pane.declaration.opened' : 'pane.declaration.registered'),
    ...(closing ? [t('pane.declaration.closing')] : []),
    ...(movements === 0 ? [] : [t('pane.declaration.movements', { count: movements })]),
  ].join(' · ');
}
