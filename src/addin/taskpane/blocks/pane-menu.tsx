import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { NavigationRegular } from '@fluentui/react-icons/svg/navigation';
import type { Company } from '../../../contract/plant';
import { languages } from '../../../language/text';
import { usePaneState, useWords } from '../pane-context';
import { mayChangeCompany } from '../store/pending';
import type { Preferences } from '../preferences';

export interface PaneMenuProps {
  readonly preferences: Preferences;
  readonly change: (change: Partial<Preferences>) => void;
  readonly onAddress: () => void;
  readonly onHelp: () => void;
  readonly onCompany: (company: Company) => void;
}

const themes = ['system', 'light', 'dark'] as const;

export function PaneMenu({ preferences, change, onAddress, onHelp, onCompany }: PaneMenuProps) {
  const { t } = useWords();
  const company = usePaneState((state) => state.company);
  const companies = usePaneState((state) => state.companies);
  const language = preferences.language ?? 'auto';
  return (
    <Menu
      // Within the header, so that it belongs to a landmark of the page.
      inline
      checkedValues={{
        language: [language],
        theme: [preferences.theme],
        company: company === null ? [] : [company],
      }}
      onCheckedValueChange={(_event, { name, checkedItems }) => {
        const value = checkedItems[0];
        if (name === 'language') {
          change({ language: languages.find((known) => known === value) ?? null });
        } else if (name === 'company') {
          const chosen = companies.find(({ code }) => code === value);
          if (chosen !== undefined && chosen.code !== company) onCompany(chosen);
        } else {
          change({ theme: themes.find((theme) => theme === value) ?? 'system' });
        }
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          appearance="subtle"
          icon={<NavigationRegular />}
          menuIcon={null}
          aria-label={t('pane.menu')}
          title={t('pane.menu')}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {companies.length > 1 && <Companies companies={companies} />}
          {(['auto', ...languages] as const).map((value) => (
            <MenuItemRadio key={value} name="language" value={value}>
              {value === 'auto'
                ? `${t('pane.menu.language')}: ${t('pane.menu.language.auto')}`
                : t(`pane.menu.language.${value}`)}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          {themes.map((theme) => (
            <MenuItemRadio key={theme} name="theme" value={theme}>
              {theme === 'system'
                ? `${t('pane.menu.theme')}: ${t('pane.menu.theme.system')}`
                : t(`pane.menu.theme.${theme}`)}
            </MenuItemRadio>
          ))}
          <MenuDivider />
          <MenuItem onClick={onAddress}>{t('pane.menu.address')}</MenuItem>
          <MenuItem onClick={onHelp}>{t('pane.menu.help')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** An interrupted run is asked about before the workbook leaves its company. */
function Companies({ companies }: { companies: readonly Company[] }) {
  const { t } = useWords();
  const possible = usePaneState(mayChangeCompany);
  return (
    <>
      <MenuGroup>
        <MenuGroupHeader>{t('pane.company')}</MenuGroupHeader>
        {companies.map(({ code, name }) => (
          <MenuItemRadio key={code} name="company" value={code} disabled={!possible}>
            {name}
          </MenuItemRadio>
        ))}
      </MenuGroup>
      <MenuDivider />
    </>
  );
}
