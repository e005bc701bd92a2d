import { Combobox, Field, Option } from '@fluentui/react-components';
import { useState } from 'react';
import { useActions, usePaneState, useWords } from '../pane-context';

/** Several work centres of the plant, found by code or name. */
export function WorkCentrePicker({ className }: { className: string }) {
  const { t } = useWords();
  const { setCriteria } = useActions();
  const chosen = usePaneState((state) => state.criteria[state.view].workCentre);
  const centres = usePaneState((state) => state.workCentres);
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = (typed ?? '').trim().toLowerCase();
  const shown = centres.filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(wanted));
  return (
    <Field orientation="horizontal" size="small" className={className} label={t('pane.find.workCentre')}>
      <Combobox
        size="small"
        multiselect
        style={{ minWidth: 0 }}
        expandIcon={{ 'aria-label': t('pane.find.workCentre.list') }}
        input={{ style: { minWidth: 0, width: '100%' } }}
        placeholder={t('pane.find.workCentre.all')}
        value={typed ?? chosen.join(', ')}
        selectedOptions={[...chosen]}
        onChange={(event) => setTyped(event.target.value)}
        onOpenChange={(_event, { open }) => setTyped(open ? '' : null)}
        onOptionSelect={(_event, { selectedOptions }) => setCriteria({ workCentre: selectedOptions })}
      >
        {shown.map(({ code, name }) => (
          <Option key={code} value={code} text={code}>
            {`${code} ${name}`}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
