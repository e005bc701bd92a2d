import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { OrderDetail } from '../../../contract/orders';
import type { WorkLineInHand, WorkOfOrder } from '../../../contract/work';
import { quantity } from '../../../domain/quantity';
import type { PickingStep } from '../../api/order-book';
import { readQuantity } from '../../read-quantity';
import { regionOf } from '../../region';
import { useActions, usePaneState, useWords } from '../pane-context';
import { Changes } from './changes';
import { ConfirmAll } from './confirm-all';
import { lineEffect, type TypedPick } from './line-effect';
import { OtherLots } from './other-lots';
import { Taken, useTakenStep } from './taken-step';

const useStyles = makeStyles({
  part: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXS,
    paddingBlock: tokens.spacingVerticalXXS,
  },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
  lines: { listStyleType: 'none', margin: 0, paddingInlineStart: tokens.spacingHorizontalM },
  form: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: tokens.spacingHorizontalXS },
  quantity: { width: '96px' },
});

type Do = (label: string, step: PickingStep) => Promise<boolean>;

/** What the warehouse fetches for the selected order: each work with its lines, and the steps that can be taken with them. */
export function PickingWork({ order }: { order: OrderDetail }) {
  const styles = useStyles();
  const { t } = useWords();
  const { stepWork } = useActions();
  const [taken, take] = useTakenStep();
  const works = usePaneState((state) => state.selected?.pickingWork ?? []);
  const allowed = usePaneState((state) => state.session?.rights.includes('pick') ?? false);
  // Elsewhere the warehouse is asked, and would fetch everything twice.
  const worked = usePaneState((state) => state.policy?.picking === 'work');
  const makes = worked && order.state === 'executive' && somethingLeft(order);
  if (works.length === 0 && !(makes && allowed)) return null;
  const does: Do = async (label, step) => (await take(label, () => stepWork(step))) !== null;
  return (
    <section aria-label={t('pane.picking')}>
      <h3 className={styles.part}>{t('pane.picking')}</h3>
      {works.map((work) => (
        <OneWork key={work.number} work={work} allowed={allowed} does={does} />
      ))}
      {!allowed && <Text size={200}>{t('pane.unwind.noRight.pick')}</Text>}
      {makes && allowed && <MakeWork unit={order.unit} does={does} />}
      <Taken taken={taken} />
    </section>
  );
}

const somethingLeft = ({ materials }: OrderDetail) =>
  materials.some(
    ({ pickupType, quantity: need, supplied, picked }) =>
      pickupType === 'with_list' && quantity(need).minus(supplied).gt(picked),
  );

interface WorkProps {
  readonly work: WorkOfOrder;
  readonly allowed: boolean;
  readonly does: Do;
}

function OneWork({ work, allowed, does }: WorkProps) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const busy = usePaneState((state) => state.work !== null);
  const { number, state, lines, madeBy, madeAt } = work;
  const list = useRef<HTMLUListElement>(null);
  const [typedLines, setTypedLines] = useState<ReadonlySet<number>>(new Set());
  const onTyped = useCallback(
    (line: number, typed: boolean) =>
      setTypedLines(
        (before) => new Set([...before].filter((each) => each !== line).concat(typed ? line : [])),
      ),
    [],
  );
  const name = t('pane.picking.work', { number });
  const open = inHand(work) ? lines.filter((line) => line.state === 'open') : [];
  const take = async (step: 'start' | 'close' | 'cancel') => {
    const label = t('pane.picking.of', { number, step: t(`pane.picking.${step}`) });
    // The button that started it is gone: the keyboard goes on with the first line.
    if ((await does(label, { step, work: number })) && step === 'start')
      list.current?.querySelector<HTMLElement>('button[type=submit]')?.focus();
  };
  return (
    <div role="group" aria-label={name}>
      <div className={styles.head}>
        <Text size={200} className={styles.words} title={`${madeBy}, ${formats.moment(madeAt)}`}>
          <b>{name}</b> · {t(`workState.${state}`)}
        </Text>
        {(allowed ? stepsOf(work) : []).map((step) => (
          <Button
            key={step}
            size="small"
            disabledFocusable={busy}
            aria-label={t('pane.picking.of', { number, step: t(`pane.picking.${step}`) })}
            onClick={() => void take(step)}
          >
            {t(`pane.picking.${step}`)}
          </Button>
        ))}
      </div>
      <ul className={styles.lines} ref={list}>
        {lines.map((line) => (
          <Line key={line.line} work={work} line={line} allowed={allowed} does={does} onTyped={onTyped} />
        ))}
      </ul>
      {allowed && open.length > 1 && (
        <ConfirmAll
          number={number}
          lines={open}
          typed={open.some(({ line }) => typedLines.has(line))}
          onConfirm={(label) => void does(label, { step: 'confirmAll', work: number })}
        />
      )}
    </div>
  );
}

const inHand = ({ state }: WorkOfOrder) => state === 'open' || state === 'in_process';

/** Work that has picked something is closed, work that has not is cancelled. */
function stepsOf({ state, lines }: WorkOfOrder): ('start' | 'close' | 'cancel')[] {
  const picked = lines.some((line) => line.state === 'confirmed');
  if (state === 'open') return ['start', 'cancel'];
  if (state === 'in_process') return [picked ? 'close' : 'cancel'];
  return [];
}

interface LineProps extends WorkProps {
  readonly line: WorkLineInHand;
  /** Whether something is typed for it. */
  readonly onTyped: (line: number, typed: boolean) => void;
}

function Line({ work, line, allowed, does, onTyped }: LineProps) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const busy = usePaneState((state) => state.work !== null);
  const [typed, setTyped] = useState('');
  const [typedLots, setTypedLots] = useState<Readonly<Record<string, string>>>({});
  const [invalid, setInvalid] = useState(false);
  const words = useLineWords(line);
  const open = line.state === 'open' && inHand(work);
  const at = { work: work.number, line: line.line };
  const step = open ? 'confirm' : 'reverse';
  const label = t('pane.picking.ofLine', {
    number: work.number,
    line: line.line,
    step: t(`pane.picking.${step}`),
  });
  const pick = open ? typedPick(typed, typedLots) : {};
  const anyTyped = [typed, ...Object.values(typedLots)].some(isTyped);
  useEffect(() => onTyped(line.line, anyTyped), [onTyped, line.line, anyTyped]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setInvalid(pick === null);
    if (pick === null) return;
    void does(label, { step, ...at, ...pick }).then((done) => {
      if (!done) return;
      setTyped('');
      setTypedLots({});
    });
  };
  return (
    <li>
      <form className={styles.head} onSubmit={submit}>
        <Text size={200} className={styles.words}>
          {words}
        </Text>
        {allowed && open && (
          <Field
            size="small"
            {...(invalid && {
              validationMessage: t('pane.declaration.quantity.invalid', {
                example: formats.quantity('12.5'),
              }),
            })}
          >
            <Input
              size="small"
              className={styles.quantity}
              inputMode="decimal"
              aria-label={t('pane.picking.found', { number: work.number, line: line.line })}
              placeholder={formats.quantity(line.quantity)}
              disabled={Object.values(typedLots).some(isTyped)}
              value={typed}
              onChange={(_event, { value }) => setTyped(value)}
            />
          </Field>
        )}
        {allowed && (open || line.state === 'confirmed') && (
          <Button size="small" type="submit" disabledFocusable={busy} aria-label={label}>
            {t(`pane.picking.${step}`)}
          </Button>
        )}
      </form>
      {allowed && <Changes changes={lineEffect(line, pick ?? {})} />}
      {allowed && open && line.lots.length > 0 && (
        <OtherLots
          of={label}
          unit={line.unit}
          lots={line.lots}
          typed={typedLots}
          onType={(lot, text) => setTypedLots((before) => ({ ...before, [lot]: text }))}
        />
      )}
    </li>
  );
}

const isTyped = (text: string) => text.trim() !== '';

/** What is typed for a line, lots before its quantity; null where something of it is no quantity, or a lot's is none above zero. */
function typedPick(typed: string, lots: Readonly<Record<string, string>>): TypedPick | null {
  const read = (text: string) => readQuantity(text, regionOf());
  const parts = Object.entries(lots)
    .filter(([, text]) => isTyped(text))
    .map(([lot, text]) => ({ lot, quantity: read(text) }));
  const readable = parts.flatMap(({ lot, quantity: of }) =>
    of === null || quantity(of).lte(0) ? [] : [{ lot, quantity: of }],
  );
  if (readable.length < parts.length) return null;
  if (parts.length > 0) return { lots: readable };
  if (!isTyped(typed)) return {};
  const found = read(typed);
  return found === null ? null : { quantity: found };
}

function useLineWords(line: WorkLineInHand): string {
  const { t, formats } = useWords();
  const { item, description, variant, lot, unit, pickFrom, pickFromName, putTo, putToName, state, picked } =
    line;
  const from = pickFromName === '' ? pickFrom : pickFromName;
  const to = putToName === '' ? (putTo ?? '') : putToName;
  return [
    t('pane.picking.line', { line: line.line }),
    [`${item} ${description}`.trim(), variant, lot].filter((part) => part !== '').join(' · '),
    `${formats.quantity(line.quantity)} ${unit}`,
    to === '' ? from : `${from} → ${to}`,
    ...(state === 'confirmed' && picked !== null
      ? [t('pane.picking.picked', { quantity: formats.quantity(picked), unit })]
      : []),
    ...(state === 'cancelled' ? [t('pane.picking.givenUp')] : []),
  ].join(' · ');
}

/** For all that is left, or for so many pieces of the order. */
function MakeWork({ unit, does }: { unit: string; does: Do }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const busy = usePaneState((state) => state.work !== null);
  const [typed, setTyped] = useState('');
  const [invalid, setInvalid] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const pieces = typed.trim() === '' ? undefined : readQuantity(typed, regionOf());
    setInvalid(pieces === null);
    if (pieces === null) return;
    const step = { step: 'make', ...(pieces !== undefined && { quantity: pieces }) } as const;
    void does(t('pane.picking.make'), step).then((done) => done && setTyped(''));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        size="small"
        label={t('pane.picking.pieces', { unit })}
        {...(invalid && {
          validationMessage: t('pane.declaration.quantity.invalid', { example: formats.quantity('12.5') }),
        })}
      >
        <Input
          size="small"
          className={styles.quantity}
          inputMode="decimal"
          placeholder={t('pane.picking.all')}
          value={typed}
          onChange={(_event, { value }) => setTyped(value)}
        />
      </Field>
      <Button size="small" type="submit" disabledFocusable={busy}>
        {t('pane.picking.make')}
      </Button>
    </form>
  );
}
