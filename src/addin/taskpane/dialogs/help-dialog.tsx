import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Text,
} from '@fluentui/react-components';
import { useWords } from '../pane-context';

const lines = ['search', 'mark', 'preview', 'commit', 'undo', 'columns'] as const;

/** How a planner works with the sheet, in six sentences. */
export function HelpDialog({ close }: { close: () => void }) {
  const { t } = useWords();
  return (
    <Dialog open onOpenChange={(_event, { open }) => (open ? undefined : close())}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('pane.help.title')}</DialogTitle>
          {/* Longer than a small pane: the keyboard scrolls what has the focus. */}
          <DialogContent tabIndex={0}>
            {lines.map((line) => (
              <Text as="p" block key={line}>
                {t(`pane.help.${line}`)}
              </Text>
            ))}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              {t('pane.dismiss')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
