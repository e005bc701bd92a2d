import { Button, Combobox, Field, makeStyles, Option } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { SaveRegular } from '@fluentui/react-icons/svg/save';
import { type KeyboardEvent, useState } from 'react';
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
  const [open, setOpen] = useState(false);
  const name = typed.trim();
  const same = saved.find((search) => search.name === name);
  const known = same !== undefined;
  // What has more criteria than the pane shows is not replaced by less.
  const savable = !unusable && name !== '' && (same === undefined || isShownWhole(same.query));
  const wanted = known ? '' : name.toLowerCase();
  const listed = saved.filter((search) => search.name.toLowerCase().includes(wanted));
  const save = () => void saveSearch(name);
  const remove = () => {
    setTyped('');
    void deleteSaved(name);
  };
  /** Enter chooses what the list stands on; on a new name it saves. */
  const onEnter = (event: KeyboardEvent) => {
    const onOption = open && listed.length > 0;
    if (event.key === 'Enter' && !onOption && !known && savable) save();
  };
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
            expandIcon={{ 'aria-label': t('pane.find.saved.list') }}
            input={{ style: { minWidth: 0, width: '100%' }, maxLength: 60 }}
            placeholder={t('pane.find.saved.example')}
            value={typed}
            open={open && listed.length > 0}
            onOpenChange={(_event, data) => setOpen(data.open)}
            onKeyDown={onEnter}
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
          </Combobox>
          <Button
            size="small"
            appearance="subtle"
            icon={<SaveRegular />}
            title={saveText}
            aria-label={saveText}
            disabledFocusable={!savable}
            onClick={save}
          />
          <Button
            size="small"
            appearance="subtle"
            icon={<DeleteRegular />}
            title={deleteText}
            aria-label={deleteText}
            disabledFocusable={unusable || !known}
            onClick={remove}
          />
        </div>
      )}
    </Field>
  );
}
