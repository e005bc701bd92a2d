import { sql, type RawBuilder } from 'kysely';
import type { PlantFile } from '../../import-format';
import type { Rule } from './check-rules';
import { itemsInUse } from './items-in-use';
import { inOrder, nothing, reasonOf, together, unitOfItem } from './rule-parts';
import { known, staged } from './staged';

/** A component that is not there: an item, or for a phantom a bill. */
const component = (kind: 'item' | 'phantom'): Rule => ({
  file: 'bom_lines',
  column: 'component',
  code: 'unknownReference',
  breaches: (staging) => {
    const target = kind === 'item' ? 'items' : 'boms';
    const key = kind === 'item' ? 'item' : 'bom';
    return sql`
      select s.file_line, jsonb_build_object('value', s.component, 'target', ${target}::text)
        from ${staged('bom_lines', staging)} s
       where s.kind = ${kind} and s.component is not null
         and not exists (select from ${known(target, [key], staging)} t where t.${sql.ref(key)} = s.component)`;
  },
});

const nextOperations: Rule = {
  file: 'routing_operations',
  column: 'next',
  code: 'unknownReference',
  breaches: (staging) => sql`
    select s.file_line, jsonb_build_object('value', n.operation::text, 'target', 'routing_operations')
      from ${staged('routing_operations', staging)} s cross join lateral unnest(s.next) n(operation)
     where not exists (select from ${staged('routing_operations', staging)} t
                        where t.routing = s.routing and t.version = s.version and t.operation = n.operation)`,
};

/** Working times of one weekday do not overlap. */
const shifts: Rule = {
  file: 'calendar_hours',
  column: 'starts',
  code: 'overlap',
  breaches: (staging) => sql`
    select file_line, ${nothing}
      from (select file_line, starts, lag(ends) over (partition by calendar, weekday order by starts, ends) as before
              from ${staged('calendar_hours', staging)} s) h
     where starts < before`,
};

/** A shift has a length. */
const emptyShift: Rule = {
  file: 'calendar_hours',
  column: 'ends',
  code: 'endBeforeStart',
  breaches: (staging) => sql`
    select file_line, jsonb_build_object('start', 'starts') from ${staged('calendar_hours', staging)} s where ends <= starts`,
};

type Condition = 'lotMissing' | 'lotNotManaged' | 'negativeStock';

const ofStock = (code: Condition, column: string, condition: RawBuilder<unknown>): Rule => ({
  file: 'stock',
  column,
  code,
  breaches: (staging) => sql`
    select s.file_line, jsonb_build_object('item', s.item, 'warehouse', s.warehouse, 'quantity', s.quantity::text)
      from ${staged('stock', staging)} s
      join ${known('items', ['item', 'lot_managed'], staging)} i on i.item = s.item
      join ${known('warehouses', ['warehouse', 'negative_stock'], staging)} w on w.warehouse = s.warehouse
     where ${condition}`,
});

const validity = (file: PlantFile): Rule => inOrder(file, 'valid_from', 'valid_to');

/** Rules of everything but orders and what belongs to them. */
export const masterDataRules: readonly Rule[] = [
  shifts,
  emptyShift,
  inOrder('closed_periods', 'from', 'to'),
  ...reasonOf('withdrawal_defaults', 'warehouse', 'reason', 'unload'),
  ...reasonOf('deposit_defaults', 'warehouse', 'reason', 'load'),
  together('items', 'warehouse', 'reason'),
  together('items', 'deposit_warehouse', 'deposit_reason'),
  ...reasonOf('items', 'warehouse', 'reason', 'unload'),
  ...reasonOf('items', 'deposit_warehouse', 'deposit_reason', 'load'),
  ...(['boms', 'bom_lines', 'routings'] as const).map(validity),
  ...itemsInUse,
  component('item'),
  component('phantom'),
  unitOfItem('bom_lines', 'component', sql`kind = 'item'`),
  nextOperations,
  ofStock('lotMissing', 'lot', sql`i.lot_managed and s.lot = ''`),
  ofStock('lotNotManaged', 'lot', sql`not i.lot_managed and s.lot <> ''`),
  ofStock('negativeStock', 'quantity', sql`s.quantity < 0 and (not w.negative_stock or i.lot_managed)`),
];
