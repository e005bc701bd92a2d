import type { FileReport } from '../contract/imports';
import { faultText } from '../adapter/import-text';
import type { Fault } from '../adapter/orderbook/import/import-errors';
import type { Report } from '../adapter/orderbook/importer';
import type { TextKey } from '../language/text';
import { systemTexts } from './command';
import type { Progress } from './progress';

/** Says what an import did, file by file, or every error it listed. */
export function sayReport(report: Report, seconds: number, progress: Progress): void {
  if (report.result !== 'refused') for (const file of report.files) sayFile(file, progress);
  for (const fault of report.errors.items) sayFault(fault, progress);
  const left = report.errors.count - report.errors.items.length;
  if (left > 0) progress.say('import.errorsLeft', { left });
  progress.say(lastLine(report), { seconds: seconds.toFixed(1), errors: report.errors.count });
}

function sayFile({ leftOut, ...file }: FileReport, progress: Progress): void {
  progress.say('import.file', file);
  for (const { reason, rows } of leftOut) progress.say(`import.leftOut.${reason}`, { rows });
}

function sayFault(fault: Fault, progress: Progress): void {
  const { text } = systemTexts();
  const { file, line, column } = fault;
  const where =
    line === null
      ? text('import.where.file', { file })
      : column === null
        ? text('import.where.line', { file, line })
        : text('import.where.column', { file, line, column });
  progress.say('import.error', { where, message: faultText(fault, text) });
}

function lastLine({ result, dryRun }: Report): TextKey {
  if (result === 'imported' && dryRun) return 'import.wouldImport';
  return `import.${result}`;
}
