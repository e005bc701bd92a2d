import { Text } from '@fluentui/react-components';
import { lazily } from '../lazily';
import { later } from '../lazy-files';
import { usePaneState, useWords } from '../pane-context';
import { Block } from './block';

const JudgedPreview = lazily(later, (file) => file.JudgedPreview);
const ChangedOrders = lazily(later, (file) => file.ChangedOrders);

/** What a run would do: nothing here is written yet. */
export function PreviewBlock() {
  const { t } = useWords();
  const preview = usePaneState((state) => state.preview);
  const changed = usePaneState((state) => state.changed.length > 0);
  return (
    <Block title={t('pane.preview')}>
      {changed && <ChangedOrders />}
      {preview === null ? (
        <Text size={200}>{t('pane.preview.hint')}</Text>
      ) : (
        <JudgedPreview preview={preview} />
      )}
    </Block>
  );
}
