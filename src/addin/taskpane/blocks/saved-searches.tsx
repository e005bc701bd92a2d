import { Button, Combobox, Field, makeStyles, Option } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { useState } from 'react';
import { useActions, usePaneState, useWords } from '../pane-context';
import { isShownWhole } from '../store/saved-actions';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', minWidth: 0 },
  box: { minWidth: 0, flexGrow: 1 },
});

/** Choosing a name searches for what was saved under it; writing one saves the criteria above. */
export function SavedSearches({ className }: { className: string }) {
  const styles = useStyles();
  const { t } = useWords();
  const { saveSearch, searchSaved, deleteSaved } = useActions();
  const saved = usePaneState((state) => state.saved);
  const unusable = usePaneState((state) => state.work !== null || state.session === null);
  const [typed, setTyped] = useState('');
  const name = typed.trim();
  const known = saved.some((search) => search.name === name);
  const wanted = known ? '' : name.toLowerCase();
  const listed = saved.filter((search) => search.name.toLowerCase().includes(wanted));
  const choose = (chosen: string) => {
    setTyped(chosen);
    void searchSaved(chosen);
  };
  const saveText = name === '' ? t('pane.find.saved.saveTip') : t('pane.find.saved.save', { name });
  const deleteText = known ? t('pane.find.saved.delete', { name }) : t('pane.find.saved.deleteTip');
  return (
    <Field orientation="horizontal" size="small" className={className} label={t('pane.find.saved')}>
      {(field) => (
        <div className={styles.line}>
          <Combobox
            {...field}
            freeform
            size="small"
            className={styles.box}
            input={{ style: { minWidth: 0, width: '100%' }, maxLength: 60 }}
            placeholder={t('pane.find.saved.example')}
            value={typed}
            selectedOptions={known ? [name] : []}
            onChange={(event) => setTyped(event.target.value)}
            onOptionSelect={(_event, { optionValue }) => optionValue !== undefined && choose(optionValue)}
          >
            {listed.map((search) => (
              <Option
                key={search.name}
                value={search.name}
                text={search.name}
                disabled={!isShownWhole(search.query)}
              >
                {isShownWhole(search.query) ? search.name : t('pane.find.saved.more', { name: search.name })}
              </Option>
            ))}
            {saved.length === 0 && (
              <Option disabled text="">
                {t('pane.find.saved.none')}
              </Option>
            )}
          </Combobox>
          <Button
            size="small"
            appearance="subtle"
            icon={<SaveRegular />}
            title={saveText}
            aria-label={saveText}
            disabled={unusable || name === ''}
            onClick={() => void saveSearch(name)}
          />
          <Button
            size="small"
            appearance="subtle"
            icon={<DeleteRegular />}
            title={deleteText}
            aria-label={deleteText}
            disabled={unusable || !known}
            onClick={() => void deleteSaved(name).then(() => setTyped(''))}
          />
        </div>
      )}
    </Field>
  );
}
