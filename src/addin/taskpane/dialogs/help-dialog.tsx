import { Button, Text } from '@fluentui/react-components';
import { BookOpenRegular } from '@fluentui/react-icons/svg/book-open';
import type { MouseEvent } from 'react';
import { openWindow } from '../open-window';
import { usePaneState, useWords } from '../pane-context';
import { DialogFrame } from './dialog-frame';

const lines = ['search', 'mark', 'preview', 'commit', 'undo', 'columns'] as const;

/** How a planner works with the sheet, in six sentences, and the way to the guide. */
export function HelpDialog({ close }: { close: () => void }) {
  const { t, language } = useWords();
  const guide = `${usePaneState((state) => state.address)}/guide/${language}`;
  // Where no window can be opened for it, the link is followed as any other.
  const openGuide = (event: MouseEvent): void => {
    if (openWindow(guide)) event.preventDefault();
  };
  return (
    <DialogFrame
      title={t('pane.help.title')}
      toRead
      close={close}
      actions={
        <>
          <Button
            as="a"
            href={guide}
            target="_blank"
            rel="noreferrer"
            icon={<BookOpenRegular />}
            onClick={openGuide}
          >
            {t('pane.help.guide')}
          </Button>
          <Button appearance="primary" onClick={close}>
            {t('pane.dismiss')}
          </Button>
        </>
      }
    >
      {lines.map((line) => (
        <Text as="p" block key={line}>
          {t(`pane.help.${line}`)}
        </Text>
      ))}
    </DialogFrame>
  );
}
