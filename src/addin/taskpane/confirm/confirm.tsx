import { Button, Checkbox, Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useRef } from 'react';
import { inPaperOrder, paperKinds } from '../../../domain/papers/paper';
import { inPriority } from '../../sync/in-priority';
import type { MarkedRow } from '../../sync/sheet';
import { Fold } from '../blocks/fold';
import { useActions, usePaneState, usePreferences, useWords } from '../pane-context';
import { postingDay } from '../preferences';
import { dialogs, useShowDialog } from '../show-dialogs';
import { markedFor } from '../store/marked';
import { isKept } from '../store/release-choices';
import { OwnChoices } from './own-choices';
import { splits } from './splits';

/** More would hold up the pane; all of them are in the sheet. */
const ROWS_SHOWN = 50;

const useStyles = makeStyles({
  group: { display: 'flex', flexDirection: 'column' },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXXL },
  add: { alignSelf: 'flex-start' },
  on: { minWidth: 0, textAlign: 'end', overflowWrap: 'anywhere' },
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
    <Fold summary={t('pane.confirm', { count: going.length })} beside={<SwitchedOn />}>
      <ForAll />
      <PostedOn />
      <Add />
      <Rows rows={rows} />
    </Fold>
  );
}

/** What holds for all of them, readable while the rest is folded. */
function SwitchedOn() {
  const styles = useStyles();
  const { t } = useWords();
  const { references, split, papers } = usePaneState((state) => state.releaseChoices);
  const splitting = usePaneState(splits);
  const on = [
    ...(references ? [t('pane.confirm.references.one')] : []),
    ...(split && splitting ? [t('pane.confirm.split.one')] : []),
    ...papers.map((kind) => t(`paper.${kind}`)),
  ];
  return (
    <Text size={200} className={styles.on}>
      {on.join(' · ')}
    </Text>
  );
}

function ForAll() {
  const styles = useStyles();
  const { t } = useWords();
  const { chooseForAll, choosePapers } = useActions();
  const { references, split, papers } = usePaneState((state) => state.releaseChoices);
  const busy = usePaneState((state) => state.work !== null);
  const splitting = usePaneState(splits);
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
        {splitting && (
          <Checkbox
            label={t('pane.confirm.split')}
            checked={split}
            disabled={busy}
            onChange={(_event, { checked }) => chooseForAll({ split: checked === true })}
          />
        )}
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
      <Keep />
    </>
  );
}

/** What is chosen for all of them becomes what this user starts with. */
function Keep() {
  const styles = useStyles();
  const { t } = useWords();
  const { keepDefaults } = useActions();
  const kept = usePaneState(({ releaseChoices, releaseDefaults }) => isKept(releaseChoices, releaseDefaults));
  const unusable = usePaneState((state) => state.work !== null || state.session === null);
  return (
    <>
      <Button
        size="small"
        className={styles.add}
        disabledFocusable={unusable || kept}
        onClick={() => void keepDefaults()}
      >
        {t('pane.confirm.keep')}
      </Button>
      <Text size={200} aria-live="polite">
        {kept && t('pane.confirm.kept')}
      </Text>
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
            <OwnChoices row={row} onTakeOut={() => void out(row)} />
          </li>
        ))}
      </ol>
      {more > 0 && <Text size={200}>{t('pane.confirm.more', { count: more })}</Text>}
    </>
  );
}
