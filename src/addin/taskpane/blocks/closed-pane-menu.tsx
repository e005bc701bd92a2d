import { Button } from '@fluentui/react-components';
import { NavigationRegular } from '@fluentui/react-icons/svg/navigation';
import { useWords } from '../pane-context';

/** Stands where the menu of the pane comes with its file: a moment. */
export function ClosedPaneMenu() {
  const { t } = useWords();
  return (
    <Button
      appearance="subtle"
      disabledFocusable
      icon={<NavigationRegular />}
      aria-label={t('pane.menu')}
      title={t('pane.menu')}
    />
  );
}
