import {
  makeStyles,
  Menu,
  MenuButton,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DocumentTableRegular } from '@fluentui/react-icons/svg/document-table';
import type { Exportable } from '../../../contract/downloads';
import { useActions, usePaneState, useWords } from '../pane-context';
import { WhereExported } from './where-exported';

const useStyles = makeStyles({
  // Its menu opens over what is below.
  menu: { position: 'relative', flexShrink: 0 },
  told: { flexBasis: '100%' },
});

export interface ExportMenuProps {
  /** Names this place in the pane; what became of an export is said where it was asked for. */
  readonly place: string;
  /** What can be exported here; a title where there are several. */
  readonly of: readonly { readonly title?: string; readonly what: Exportable }[];
  /** An icon only, where there is little room. */
  readonly small?: boolean;
  /** What a screen reader is told beside the verb. */
  readonly name?: string;
}

/** The ways out for all that is found, or for what a run did, with every column there is. */
export function ExportMenu({ place, of, small = false, name }: ExportMenuProps) {
  const styles = useStyles();
  const { t } = useWords();
  const busy = usePaneState((state) => state.work !== null);
  const label = name === undefined ? t('pane.export') : t('pane.export.of', { what: name });
  return (
    <>
      <div className={styles.menu}>
        <Menu inline positioning="below-end">
          <MenuTrigger disableButtonEnhancement>
            <MenuButton
              size="small"
              icon={<ArrowDownloadRegular />}
              disabledFocusable={busy}
              aria-label={label}
              title={label}
              {...(small && { appearance: 'subtle', menuIcon: null })}
            >
              {small ? undefined : t('pane.export')}
            </MenuButton>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {of.map(({ title, what }) => (
                <MenuGroup key={what.kind}>
                  {title !== undefined && <MenuGroupHeader>{title}</MenuGroupHeader>}
                  <Ways what={what} place={place} />
                </MenuGroup>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      </div>
      <WhereExported place={place} inWindow={t('pane.export.window.done')} className={styles.told} />
    </>
  );
}

function Ways({ what, place }: { what: Exportable; place: string }) {
  const { t } = useWords();
  const { openAsWorkbook, copyRows, download } = useActions();
  return (
    <>
      <MenuItem icon={<DocumentTableRegular />} onClick={() => void openAsWorkbook(what, place)}>
        {t('pane.export.workbook')}
      </MenuItem>
      <MenuItem icon={<CopyRegular />} onClick={() => void copyRows(what, place)}>
        {t('pane.export.copy')}
      </MenuItem>
      {(['xlsx', 'csv'] as const).map((format) => (
        <MenuItem
          key={format}
          icon={<ArrowDownloadRegular />}
          onClick={() => void download(what, format, place)}
        >
          {t(`pane.export.${format}`)}
        </MenuItem>
      ))}
    </>
  );
}
