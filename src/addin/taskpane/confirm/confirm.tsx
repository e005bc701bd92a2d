import { Button, Checkbox, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useRef } from 'react';
import { inPaperOrder, paperKinds } from '../../../domain/papers/paper';
import { inPriority } from '../../sync/in-priority';
import type { MarkedRow } from '../../sync/sheet';
import { Fold } from '../blocks/fold';
import { useActions, usePaneState, usePreferences, useWords } from '../pane-context';
import { postingDay } from '../preferences';
import { dialogs, useShowDialog } from '../show-dialogs';
import { markedFor } from '../store/marked';
import { choicesOf } from '../store/release-choices';

/** More would hold up the pane; all of them are in the sheet. */
const ROWS_SHOWN = 50;

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column' },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXXL },
  head: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
  name: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  choices: { display: 'flex', flexWrap: 'wrap' },
  add: { alignSelf: 'flex-start' },
});

/** What is about to be released, in sequence, and how: folded, since a planner may go without. */
export default function ConfirmRelease() {
  const { t } = useWords();
  const marks = usePaneState((state) => state.marks);
  const includeHidden = usePaneState((state) => state.includeHidden);
  const { preferences } = usePreferences();
  const { going } = markedFor('release', marks, includeHidden);
  if (going.length === 0) return null;
  const rows = inPriority(going, preferences.sequence) ?? inPriority(going, 'asShown') ?? going;
  return (
    <Fold summary={t('pane.confirm', { count: going.length })}>
      <ForAll />
      <PostedOn />
      <Add />
      <Rows rows={rows} />
    </Fold>
  );
}

function ForAll() {
  const styles = useStyles();
  const { t } = useWords();
  const { chooseForAll, choosePapers } = useActions();
  const { references, split, papers } = usePaneState((state) => state.releaseChoices);
  const busy = usePaneState((state) => state.work !== null);
  return (
    <>
      <div role="group" aria-label={t('pane.confirm.all')} className={styles.group}>
        <Text size={200}>{t('pane.confirm.all')}</Text>
        <Checkbox
          label={t('pane.confirm.references')}
          checked={references}
          disabled={busy}
          onChange={(_event, { checked }) => chooseForAll({ references: checked === true })}
        />
        <Checkbox
          label={t('pane.confirm.split')}
          checked={split}
          disabled={busy}
          onChange={(_event, { checked }) => chooseForAll({ split: checked === true })}
        />
      </div>
      <div role="group" aria-label={t('pane.confirm.papers')} className={styles.group}>
        <Text size={200}>{t('pane.confirm.papers')}</Text>
        {paperKinds.map((kind) => (
          <Checkbox
            key={kind}
            label={t(`paper.${kind}`)}
            checked={papers.includes(kind)}
            disabled={busy}
            onChange={(_event, { checked }) =>
              choosePapers(
                inPaperOrder(checked === true ? [...papers, kind] : papers.filter((one) => one !== kind)),
              )
            }
          />
        ))}
      </div>
    </>
  );
}

function PostedOn() {
  const { t, formats } = useWords();
  const show = useShowDialog();
  const { preferences } = usePreferences();
  const session = usePaneState((state) => state.session);
  const day = postingDay(preferences.posting, session) ?? session?.today;
  if (day === undefined) return null;
  return (
    <Text size={200}>
      {t('pane.posting', { day: formats.day(day) })}{' '}
      <Link as="button" inline onClick={() => void show(dialogs.settings)}>
        {t('pane.posting.change')}
      </Link>
    </Text>
  );
}

function Add() {
  const styles = useStyles();
  const { t } = useWords();
  const { addFound } = useActions();
  const busy = usePaneState((state) => state.work !== null);
  return (
    <>
      <Button
        size="small"
        icon={<AddRegular />}
        className={styles.add}
        disabledFocusable={busy}
        onClick={() => void addFound()}
      >
        {t('pane.confirm.add')}
      </Button>
      <Text size={200}>{t('pane.confirm.add.text')}</Text>
    </>
  );
}

function Rows({ rows }: { rows: readonly MarkedRow[] }) {
  const styles = useStyles();
  const { t } = useWords();
  const { takeOut } = useActions();
  const list = useRef<HTMLOListElement>(null);
  const more = rows.length - ROWS_SHOWN;
  /** The button goes with its row; the focus would be lost with it. */
  const out = async (row: MarkedRow) => {
    await takeOut(row.key);
    list.current?.querySelector('button')?.focus();
  };
  return (
    <>
      <ol ref={list} className={styles.list} aria-label={t('pane.confirm.list')}>
        {rows.slice(0, ROWS_SHOWN).map((row) => (
          <li key={row.key}>
            <Row row={row} onTakeOut={() => void out(row)} />
          </li>
        ))}
      </ol>
      {more > 0 && <Text size={200}>{t('pane.confirm.more', { count: more })}</Text>}
    </>
  );
}

function Row({ row, onTakeOut }: { row: MarkedRow; onTakeOut: () => void }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { chooseFor } = useActions();
  const choices = usePaneState((state) => state.releaseChoices);
  const busy = usePaneState((state) => state.work !== null);
  const { references, split } = choicesOf(choices, row.key);
  const of = row.key;
  return (
    <>
      <div className={styles.head}>
        <Text size={200} weight="semibold" className={styles.name}>
          {row.start === null ? of : t('pane.confirm.row', { order: of, day: formats.day(row.start) })}
        </Text>
        <Button
          size="small"
          appearance="subtle"
          icon={<DismissRegular />}
          title={t('pane.confirm.takeOut', { order: of })}
          aria-label={t('pane.confirm.takeOut', { order: of })}
          disabledFocusable={busy}
          onClick={onTakeOut}
        />
      </div>
      <div role="group" aria-label={of} className={styles.choices}>
        <Checkbox
          label={t('pane.confirm.references.one')}
          checked={references}
          disabled={busy}
          onChange={(_event, { checked }) => chooseFor(of, { references: checked === true })}
        />
        <Checkbox
          label={t('pane.confirm.split.one')}
          checked={split}
          disabled={busy}
          onChange={(_event, { checked }) => chooseFor(of, { split: checked === true })}
        />
      </div>
    </>
  );
}
