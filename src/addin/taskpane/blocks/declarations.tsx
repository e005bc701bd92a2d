import { Button, Checkbox, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { Declaration } from '../../../contract/declarations';
import { readQuantity } from '../../read-quantity';
import { regionOf, useActions, usePaneState, useWords } from '../pane-context';

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
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalXS },
  quantity: { width: '96px' },
});

export function Declarations({ declarations }: { declarations: readonly Declaration[] }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <div>
      <h3 className={styles.part}>{t('pane.order.declarations')}</h3>
      {declarations.length === 0 ? (
        <Text size={200}>{t('pane.order.declarations.none')}</Text>
      ) : (
        <ul className={styles.list}>
          {declarations.map((declaration) => (
            <DeclarationLine key={declaration.number} declaration={declaration} />
          ))}
        </ul>
      )}
      <NewDeclaration />
    </div>
  );
}

function DeclarationLine({ declaration }: { declaration: Declaration }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { stepDeclaration } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const { number, closing } = declaration;
  const registered = declaration.registeredAt !== null;
  const words = [
    t('pane.declaration', { number }),
    formats.quantity(declaration.quantity),
    t(registered ? 'pane.declaration.registered' : 'pane.declaration.opened'),
    ...(closing ? [t('pane.declaration.closing')] : []),
  ];
  const steps = registered
    ? ([['rollBack', 'roll-back']] as const)
    : ([
        ['register', 'register'],
        ['delete', 'delete'],
      ] as const);
  return (
    <li className={styles.item}>
      <Text size={200} className={styles.words}>
        {words.join(' · ')}
      </Text>
      {steps.map(([name, step]) => (
        <Button
          key={name}
          size="small"
          disabled={busy}
          aria-label={t('pane.declaration.of', { number, step: t(`pane.declaration.${name}`) })}
          onClick={() => void stepDeclaration(number, step)}
        >
          {t(`pane.declaration.${name}`)}
        </Button>
      ))}
    </li>
  );
}

function NewDeclaration() {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { openDeclaration } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  const [typed, setTyped] = useState('');
  const [closing, setClosing] = useState(false);
  const [invalid, setInvalid] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const quantity = typed.trim() === '' && closing ? '0' : readQuantity(typed, regionOf());
    setInvalid(quantity === null);
    if (quantity === null) return;
    void openDeclaration({ quantity, closing }).then(() => {
      setTyped('');
      setClosing(false);
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        size="small"
        label={t('pane.declaration.quantity')}
        {...(invalid
          ? {
              validationMessage: t('pane.declaration.quantity.invalid', {
                example: formats.quantity('12.5'),
              }),
            }
          : {})}
      >
        <Input
          size="small"
          className={styles.quantity}
          inputMode="decimal"
          value={typed}
          onChange={(_event, { value }) => setTyped(value)}
        />
      </Field>
      <Checkbox
        size="medium"
        label={t('pane.declaration.close')}
        checked={closing}
        onChange={(_event, { checked }) => setClosing(checked === true)}
      />
      <Button size="small" type="submit" disabled={busy}>
        {t('pane.declaration.open')}
      </Button>
    </form>
  );
}
