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
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { StethoscopeRegular } from '@fluentui/react-icons/svg/stethoscope';
import { useId } from 'react';
import type { Company } from '../../../contract/plant';
import { useActions, usePaneState, useWords } from '../pane-context';
import { dialogs, useShowDialog } from '../show-dialogs';
import { mayChangeCompany } from '../store/pending';

export function PaneMenu() {
  const { t } = useWords();
  const { changeCompany } = useActions();
  const showDialog = useShowDialog();
  const company = usePaneState((state) => state.company);
  const companies = usePaneState((state) => state.companies);
  const button = useId();
  // The item that was chosen is gone by the time a dialog is closed.
  const show = (load: Parameters<typeof showDialog>[0]) =>
    void showDialog(load, document.getElementById(button));
  const onCompany = (code: string | undefined) => {
    const chosen = companies.find((one) => one.code === code);
    if (chosen === undefined || chosen.code === company) return;
    if (company === null) void changeCompany(chosen.code);
    else show(dialogs.company(chosen));
  };
  return (
    <Menu
      // Within the header, so that it belongs to a landmark of the page.
      inline
      checkedValues={{ company: company === null ? [] : [company] }}
      onCheckedValueChange={(_event, { checkedItems }) => onCompany(checkedItems[0])}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          id={button}
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
          <MenuItem icon={<SettingsRegular />} onClick={() => show(dialogs.settings)}>
            {t('pane.menu.settings')}
          </MenuItem>
          <MenuItem icon={<StethoscopeRegular />} onClick={() => show(dialogs.diagnostics)}>
            {t('pane.menu.diagnostics')}
          </MenuItem>
          <MenuItem icon={<QuestionCircleRegular />} onClick={() => show(dialogs.help)}>
            {t('pane.menu.help')}
          </MenuItem>
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
