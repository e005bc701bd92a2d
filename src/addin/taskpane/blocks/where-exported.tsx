import { Link, Text } from '@fluentui/react-components';
import { useActions, usePaneState, useWords } from '../pane-context';

interface WhereExportedProps {
  /** Where in the pane the export was asked for. */
  readonly place: string;
  /** Says what the browser does with a file that a window was opened for. */
  readonly inWindow: string;
  /** While there is something to say. */
  readonly className?: string;
}

/** Says where an export went, and leads to the file when no window could be opened for it. */
export function WhereExported({ place, inWindow, className }: WhereExportedProps) {
  const { t } = useWords();
  const { followedLink } = useActions();
  const exported = usePaneState((state) => (state.exported?.place === place ? state.exported : null));
  return (
    <div className={exported === null ? undefined : className} aria-live="polite">
      {exported !== null && (
        <Text size={200}>{exported.how === 'window' ? inWindow : t(`pane.export.${exported.how}.done`)}</Text>
      )}
      {exported?.how === 'link' && (
        <Text size={200}>
          {' '}
          <Link href={exported.address} target="_blank" rel="noreferrer" inline onClick={followedLink}>
            {t('pane.export.link')}
          </Link>{' '}
          {t('pane.export.link.once')}
        </Text>
      )}
    </div>
  );
}
