import type { RunLogRow } from '../../contract/run-log';
import { column, type Table, text, time, whole } from './table';

/** What became of each order of a run: a row each, in the sequence of the run. */
export const runLogTable: Table<RunLogRow> = {
  name: 'sheet.runLog',
  columns: [
    column('column.run', 8, ({ run }) => whole(run)),
    column('column.command', 12, ({ command }, { text: t }) => text(t(`export.command.${command}`))),
    column('column.order', 14, ({ order }) => text(order)),
    column('column.item', 18, ({ item }) => text(item)),
    column('column.description', 32, ({ description }) => text(description)),
    column('column.result', 12, ({ result }, { text: t }) => text(t(`export.result.${result}`))),
    column('column.codes', 12, ({ codes }) => text(codes.join(', '))),
    column('column.reasons', 60, ({ reasons }) => text(reasons.join('\n'))),
    column('column.movements', 10, ({ movements }) => whole(movements)),
    column('column.by', 14, ({ by }) => text(by)),
    time('column.at', ({ at }) => at),
  ],
};
