import {
  Link,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  tokens,
} from '@fluentui/react-components';
import { type ReactNode, useEffect } from 'react';
import type { LooserSearch } from '../../../contract/orders';
import type { LoadedSearch } from '../../sync/sheet';
import { useActions, usePaneState, useWords } from '../pane-context';
import { isAlwaysThere, isLoose, type LooseCriterion, viewOfState } from '../store/empty-search';
import { furtherNames } from '../further-text';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalL },
});

/** Nothing found: says how many orders each of the criteria leaves out, and searches without it. */
export function EmptySearch({ loaded }: { loaded: LoadedSearch }) {
  const { t } = useWords();
  const { readLooser } = useActions();
  const looser = usePaneState((state) => (state.looser?.of === loaded ? state.looser.by : null));
  useEffect(() => void readLooser(), [readLooser, loaded]);
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('pane.empty.title')}</MessageBarTitle> <Advice loaded={loaded} looser={looser} />
      </MessageBarBody>
    </MessageBar>
  );
}

function Advice({ loaded, looser }: { loaded: LoadedSearch; looser: LooserSearch | null }) {
  const styles = useStyles();
  const { t } = useWords();
  const given = Object.keys(loaded.query).some((field) => field !== 'state');
  const without = (looser?.without ?? [])
    .filter(({ found }) => found > 0)
    .sort((a, b) => b.found - a.found)
    .flatMap(({ criterion, found }) => (isLoose(criterion) ? [{ criterion, found }] : []));
  const states = looser?.states ?? [];
  return (
    <>
      {!given && t(`pane.empty.none.${loaded.view}`)}
      {given && without.length === 0 && (
        <>
          {t(looser === null ? 'pane.empty.loosen' : 'pane.empty.several')}{' '}
          <Without criterion={null}>{t('pane.empty.all')}</Without>
        </>
      )}
      {without.length + states.length > 0 && (
        <ul className={styles.list}>
          {without.map(({ criterion, found }) => (
            <li key={criterion}>
              <Without criterion={criterion}>
                {isAlwaysThere(criterion)
                  ? t(`pane.empty.without.${criterion}`, { count: found })
                  : t('pane.empty.without.further', { count: found, criterion: t(furtherNames[criterion]) })}
              </Without>
            </li>
          ))}
          {states.map(({ state, found }) => (
            <li key={state}>
              <InState state={state} found={found} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Without({ criterion, children }: { criterion: LooseCriterion | null; children: ReactNode }) {
  const { searchWithout } = useActions();
  return (
    <Link as="button" inline onClick={() => void searchWithout(criterion)}>
      {children}
    </Link>
  );
}

/** Orders that the criteria fit, in another state: in reach where the other view is about them. */
function InState({ state, found }: LooserSearch['states'][number]) {
  const { t } = useWords();
  const { searchIn } = useActions();
  const view = viewOfState(state);
  const text = t(`pane.empty.state.${state}`, { count: found });
  if (view === undefined) return text;
  return (
    <Link as="button" inline onClick={() => void searchIn(view)}>
      {text}
    </Link>
  );
}
