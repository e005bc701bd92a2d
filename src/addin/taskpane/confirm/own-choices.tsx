import { Button, Checkbox, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useId } from 'react';
import { isCalendarDate } from '../../../domain/calendar';
import { inPaperOrder, paperKinds } from '../../../domain/papers/paper';
import type { OrderKey } from '../../../domain/order';
import type { MarkedRow } from '../../sync/sheet';
import { Fold } from '../blocks/fold';
import { useActions, usePaneState, usePreferences, useWords } from '../pane-context';
import { postingDay } from '../preferences';
import { choicesOf, otherwise, ownDay } from '../store/release-choices';
import { otherwiseText } from './otherwise-text';
import { rowText } from './row-text';
import { splits } from './splits';

const useStyles = makeStyles({
  choices: { display: 'flex', flexWrap: 'wrap' },
  said: { display: 'block', paddingInlineStart: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' },
  day: { minWidth: 0 },
  asAll: { alignSelf: 'flex-start' },
});

/** One of the orders that are about to be released: what holds for it alone, and, unfolded, how to say so. */
export function OwnChoices({ row, onTakeOut }: { row: MarkedRow; onTakeOut: () => void }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { key: of } = row;
  const { chooseAsAll } = useActions();
  const choices = usePaneState((state) => state.releaseChoices);
  const session = usePaneState((state) => state.session);
  const busy = usePaneState((state) => state.work !== null);
  const said = otherwiseText(otherwise(choices, of, session), t, formats.day);
  const out = t('pane.confirm.takeOut', { order: of });
  return (
    <>
      <Fold
        summary={rowText(row, formats)}
        beside={
          <Button
            size="small"
            appearance="subtle"
            icon={<DismissRegular />}
            title={out}
            aria-label={out}
            disabledFocusable={busy}
            onClick={onTakeOut}
          />
        }
      >
        <div role="group" aria-label={of}>
          <WhetherAlone of={of} />
          <OwnDay of={of} />
          <Papers of={of} />
          <Button
            size="small"
            className={styles.asAll}
            disabledFocusable={busy || said === ''}
            onClick={() => chooseAsAll(of)}
          >
            {t('pane.confirm.asAll')}
          </Button>
        </div>
      </Fold>
      {said !== '' && (
        <Text size={200} className={styles.said}>
          {said}
        </Text>
      )}
    </>
  );
}

function WhetherAlone({ of }: { of: OrderKey }) {
  const styles = useStyles();
  const { t } = useWords();
  const { chooseFor } = useActions();
  const { references, split } = choicesOf(
    usePaneState((state) => state.releaseChoices),
    of,
  );
  const busy = usePaneState((state) => state.work !== null);
  const splitting = usePaneState(splits);
  return (
    <div className={styles.choices}>
      <Checkbox
        label={t('pane.confirm.references.one')}
        checked={references}
        disabled={busy}
        onChange={(_event, { checked }) => chooseFor(of, { references: checked === true })}
      />
      {splitting && (
        <Checkbox
          label={t('pane.confirm.split.one')}
          checked={split}
          disabled={busy}
          onChange={(_event, { checked }) => chooseFor(of, { split: checked === true })}
        />
      )}
    </div>
  );
}

/** Shows the day of all until another one is chosen; emptied, it is that of all again. */
function OwnDay({ of }: { of: OrderKey }) {
  const styles = useStyles();
  const { t } = useWords();
  const { chooseFor } = useActions();
  const { preferences } = usePreferences();
  const session = usePaneState((state) => state.session);
  const own = ownDay(
    usePaneState((state) => state.releaseChoices),
    of,
    session,
  );
  const busy = usePaneState((state) => state.work !== null);
  if (session === null) return null;
  const ofAll = postingDay(preferences.posting, session) ?? session.today;
  const choose = (day: string) => {
    if (day !== '' && !isCalendarDate(day)) return;
    const { company, today } = session;
    chooseFor(of, {
      posting: day === '' || day === ofAll ? null : { company: company.code, chosenOn: today, day },
    });
  };
  return (
    <Field label={t('pane.settings.posting')} size="small">
      <Input
        type="date"
        size="small"
        className={styles.day}
        disabled={busy}
        value={own ?? ofAll}
        onChange={(_event, { value }) => choose(value)}
      />
    </Field>
  );
}

function Papers({ of }: { of: OrderKey }) {
  const styles = useStyles();
  const { t } = useWords();
  const { chooseFor } = useActions();
  const { papers } = choicesOf(
    usePaneState((state) => state.releaseChoices),
    of,
  );
  const busy = usePaneState((state) => state.work !== null);
  const name = useId();
  return (
    <div role="group" aria-labelledby={name}>
      <Text id={name} size={200}>
        {t('pane.confirm.papers')}
      </Text>
      <div className={styles.choices}>
        {paperKinds.map((kind) => (
          <Checkbox
            key={kind}
            label={t(`paper.${kind}`)}
            checked={papers.includes(kind)}
            disabled={busy}
            onChange={(_event, { checked }) =>
              chooseFor(of, {
                papers: inPaperOrder(
                  checked === true ? [...papers, kind] : papers.filter((one) => one !== kind),
                ),
              })
            }
          />
        ))}
      </div>
    </div>
  );
}
