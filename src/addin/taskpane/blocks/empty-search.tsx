import { Link, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { OrderQuery } from '../../../contract/orders';
import { useActions, usePaneState, useWords } from '../pane-context';

/** Nothing found: names the criteria that can be loosened. */
export function EmptySearch({ query }: { query: OrderQuery }) {
  const { t, formats } = useWords();
  const { setCriteria, search } = useActions();
  const view = usePaneState((state) => state.view);
  const day = (iso: string | undefined) =>
    iso === undefined ? t('pane.empty.start.open') : formats.day(iso);
  const dated = query.startFrom !== undefined || query.startTo !== undefined;
  const advice = [
    ...(query.order === undefined ? [] : [t('pane.empty.order')]),
    ...(query.item === undefined ? [] : [t('pane.empty.item')]),
    ...(dated ? [t('pane.empty.start', { from: day(query.startFrom), to: day(query.startTo) })] : []),
    ...(query.workCentre === undefined ? [] : [t('pane.empty.workCentre')]),
  ];
  const anyDay = () => {
    setCriteria({ startFrom: '', startTo: '' });
    void search();
  };
  return (
    <MessageBar layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('pane.empty.title')}</MessageBarTitle>{' '}
        {advice.length === 0 ? t(`pane.empty.none.${view}`) : advice.join(' ')}{' '}
        {dated && (
          <Link as="button" inline onClick={anyDay}>
            {t('pane.empty.anyDay')}
          </Link>
        )}
      </MessageBarBody>
    </MessageBar>
  );
}
