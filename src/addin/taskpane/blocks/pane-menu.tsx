import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { NavigationRegular } from '@fluentui/react-icons/svg/navigation';
import { languages } from '../../../language/text';
import { useWords } from '../pane-context';
import type { Preferences } from '../preferences';

export interface PaneMenuProps {
  readonly preferences: Preferences;
  readonly change: (change: Partial<Preferences>) => void;
  readonly onAddress: () => void;
  readonly onHelp: () => void;
}

const themes = ['system', 'light', 'dark'] as const;

export function PaneMenu({ preferences, change, onAddress, onHelp }: PaneMenuProps) {
  const { t } = useWords();
  const language = preferences.language ?? 'auto';
  return (
    <Menu
      checkedValues={{ language: [language], theme: [preferences.theme] }}
      onCheckedValueChange={(_event, { name, checkedItems }) => {
        const value = checkedItems[0];
        if (name === 'language') {
          change({ language: languages.find((known) => known === value) ?? null });
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
