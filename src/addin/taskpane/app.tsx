import {
  AriaLiveAnnouncer,
  FluentProvider,
  makeStaticStyles,
  makeStyles,
  mergeClasses,
  Tab,
  TabList,
  tokens,
  webDarkTheme,
  webLightTheme,
} from '@fluentui/react-components';
import { ArrowExportUpRegular } from '@fluentui/react-icons/svg/arrow-export-up';
import { ArrowImportRegular } from '@fluentui/react-icons/svg/arrow-import';
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import { ArrowSyncRegular } from '@fluentui/react-icons/svg/arrow-sync';
import { useEffect, useRef } from 'react';
import { actions } from '../../domain/transitions';
import { ChooseCompany } from './blocks/choose-company';
import { ClosedPaneMenu } from './blocks/closed-pane-menu';
import { FindOrders } from './blocks/find-orders';
import { FirstRun } from './blocks/first-run';
import { Footer, StatusFooter } from './blocks/footer';
import { MarkRows } from './blocks/mark-rows';
import { Notices } from './blocks/notices';
import { outcomePlace } from './blocks/places';
import { PostingDay } from './blocks/posting-day';
import { PreviewBlock } from './blocks/preview';
import { TodaysRuns } from './blocks/todays-runs';
import { UndoBlock } from './blocks/undo';
import { lazily, lazyFile } from './lazily';
import { later, refreshFile } from './lazy-files';
import { useActions, usePaneState, usePreferences, useWords } from './pane-context';
import { WithDialogs } from './show-dialogs';
import { useDarkColours } from './use-dark-colours';

const movementsFile = lazyFile(() => import('./blocks/movements-page'));
const selectedOrderFile = lazyFile(() => import('./blocks/selected-order'));
const PaneMenu = lazily(later, (file) => file.PaneMenu, ClosedPaneMenu);
const ResultBlock = lazily(later, (file) => file.ResultBlock);
const HoldBlock = lazily(later, (file) => file.HoldBlock);
const MergeBlock = lazily(later, (file) => file.MergeBlock);
const MovementsPage = lazily(movementsFile, (file) => file.default);
const SelectedOrderBlock = lazily(selectedOrderFile, (file) => file.SelectedOrderBlock);
const RefreshOptionsBlock = lazily(refreshFile, (file) => file.RefreshOptionsBlock);
const SelectedContentBlock = lazily(refreshFile, (file) => file.SelectedContentBlock);
const EditContentBlock = lazily(refreshFile, (file) => file.EditContentBlock);
const WarehouseRequestsBlock = lazily(refreshFile, (file) => file.WarehouseRequestsBlock);

const usePageStyles = makeStaticStyles({ body: { margin: 0 } });

// Four tabs and the menu: below this width there is no room for icons, and in the narrowest pane only for smaller words.
const NARROW = '@media (max-width: 519px)';
const NARROWEST = '@media (max-width: 359px)';

const useStyles = makeStyles({
  root: { height: '100vh', display: 'flex', flexDirection: 'column', minWidth: '288px' },
  head: {
    // Its menu opens over what is below.
    position: 'relative',
    zIndex: tokens.zIndexOverlay,
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke1}`,
  },
  // Excel on Mac lays its own menu over this corner.
  corner: { paddingInlineEnd: '36px' },
  // Excel writes the name above the pane; a screen reader looks for it within.
  unseen: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    margin: 0,
  },
  tab: {
    [NARROW]: { paddingInline: tokens.spacingHorizontalXS },
    [NARROWEST]: { '& > span': { fontSize: tokens.fontSizeBase200 } },
  },
  icon: { [NARROW]: { display: 'none' } },
  // WebView2 hides a scrollbar that is not always there.
  main: { flexGrow: 1, overflowY: 'scroll', minHeight: 0 },
});

const icons = {
  release: <ArrowExportUpRegular />,
  restore: <ArrowImportRegular />,
  refresh: <ArrowSyncRegular />,
};

export function App({ onMac }: { onMac: boolean }) {
  usePageStyles();
  const { preferences } = usePreferences();
  const dark = useDarkColours(preferences.theme);
  return (
    <FluentProvider
      theme={dark ? webDarkTheme : webLightTheme}
      style={{ colorScheme: dark ? 'dark' : 'light' }}
    >
      <AriaLiveAnnouncer>
        <WithDialogs>
          <Pane onMac={onMac} />
        </WithDialogs>
      </AriaLiveAnnouncer>
    </FluentProvider>
  );
}

function Pane({ onMac }: { onMac: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const view = usePaneState((state) => state.view);
  const movements = usePaneState((state) => state.page === 'movements');
  useEffect(() => {
    // What a planner needs next; that it does not come is told when it is wanted.
    later.load().catch(() => undefined);
  }, []);
  return (
    <div className={styles.root}>
      <header className={mergeClasses(styles.head, onMac && styles.corner)}>
        <h1 className={styles.unseen}>{t('pane.title')}</h1>
        <Views />
        <PaneMenu />
      </header>
      <Notices />
      {movements && (
        <main className={styles.main}>
          <MovementsPage />
        </main>
      )}
      <main className={styles.main} hidden={movements}>
        <ChooseCompany />
        <FirstRun />
        <FindOrders />
        <MarkRows />
        {view === 'refresh' && <RefreshOptionsBlock />}
        <Outcome />
        {view === 'restore' && <SelectedOrderBlock />}
        {view === 'refresh' && <SelectedContentBlock />}
        {view === 'refresh' && <EditContentBlock />}
        {view === 'refresh' && <WarehouseRequestsBlock />}
        <UndoBlock />
        {view === 'release' && <HoldBlock />}
        {view === 'restore' && <MergeBlock />}
        <TodaysRuns />
      </main>
      {movements ? (
        <StatusFooter />
      ) : (
        <>
          <PostingDay />
          <Footer />
        </>
      )}
    </div>
  );
}

function Views() {
  const styles = useStyles();
  const { t } = useWords();
  const { show, showMovementSearch } = useActions();
  const tab = usePaneState((state) => (state.page === 'movements' ? state.page : state.view));
  const busy = usePaneState((state) => state.work !== null);
  return (
    <TabList
      aria-label={t('pane.tabs')}
      selectedValue={tab}
      disabled={busy}
      onTabSelect={(_event, { value }) => {
        if (value === 'movements') showMovementSearch();
        else show(actions.find((action) => action === value) ?? 'release');
      }}
    >
      {actions.map((action) => (
        <Tab
          key={action}
          value={action}
          className={styles.tab}
          icon={{ children: icons[action], className: styles.icon }}
        >
          {t(`pane.tab.${action}`)}
        </Tab>
      ))}
      <Tab
        value="movements"
        className={styles.tab}
        icon={{ children: <ArrowSwapRegular />, className: styles.icon }}
      >
        {t('pane.tab.movements')}
      </Tab>
    </TabList>
  );
}

/** Preview and result come into view when they are new: the planner asked for them. The focus stays where it was. */
function Outcome() {
  const result = usePaneState((state) => state.result);
  const preview = usePaneState((state) => state.preview);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (result !== null || preview !== null) place.current?.scrollIntoView({ block: 'start' });
  }, [result, preview]);
  return (
    <div ref={place} id={outcomePlace} tabIndex={-1}>
      {result === null ? <PreviewBlock /> : <ResultBlock result={result} />}
    </div>
  );
}
