import { catalogues, type TextKey } from '../language/text';
import type { ImportReport } from '../contract/imports';
import type { Fault } from './orderbook/import/import-errors';
import type { ImportRecord, Report } from './orderbook/importer';
import type { Text } from './texts';

/** Says what is wrong, in the language of `text`. */
export function faultText({ code, params }: Pick<Fault, 'code' | 'params'>, text: Text): string {
  const which = params['range'] ?? params['direction'] ?? params['part'];
  const key = which === undefined ? `import.error.${code}` : `import.error.${code}.${which}`;
  // Being in the reference catalogue is what makes a text a key; a test looks for every code.
  return key in catalogues.en ? text(key as TextKey, params) : `${code} ${JSON.stringify(params)}`;
}

/** What tells whose import is at work. */
export const runningParams = ({ company, actor, number, openedAt }: ImportRecord) => ({
  ...{ company, actor, number: String(number) },
  openedAt: `${openedAt.slice(0, 16).replace('T', ' ')} UTC`,
});

/** A report as the contract has it, in the language of `text`. */
export function reportIn(report: Report, text: Text): ImportReport {
  const items = report.errors.items.map(({ file, line, column, ...fault }) => ({
    ...{ file, line, column },
    code: fault.code,
    message: faultText(fault, text),
  }));
  return { ...report, files: [...report.files], errors: { count: report.errors.count, items } };
}
