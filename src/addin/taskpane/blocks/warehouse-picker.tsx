import { Combobox, Field, Option } from '@fluentui/react-components';
import { useState } from 'react';
import { useActions, usePaneState, useWords } from '../pane-context';

/** Several warehouses of the plant, found by code or name. */
export function WarehousePicker({ className }: { className: string }) {
  const { t } = useWords();
  const { setMovementCriteria } = useActions();
  const chosen = usePaneState((state) => state.movements.criteria.warehouse);
  const warehouses = usePaneState((state) => state.movements.warehouses);
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = (typed ?? '').trim().toLowerCase();
  const shown = (warehouses ?? []).filter(({ code, name }) =>
    `${code} ${name}`.toLowerCase().includes(wanted),
  );
  return (
    <Field orientation="horizontal" size="small" className={className} label={t('column.warehouse')}>
      <Combobox
        size="small"
        multiselect
        style={{ minWidth: 0 }}
        expandIcon={{ 'aria-label': t('pane.movements.warehouse.list') }}
        input={{ style: { minWidth: 0, width: '100%' } }}
        placeholder={t('pane.find.workCentre.all')}
        value={typed ?? chosen.join(', ')}
        selectedOptions={[...chosen]}
        onChange={(event) => setTyped(event.target.value)}
        onOpenChange={(_event, { open }) => setTyped(open ? '' : null)}
        onOptionSelect={(_event, { selectedOptions }) => setMovementCriteria({ warehouse: selectedOptions })}
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
