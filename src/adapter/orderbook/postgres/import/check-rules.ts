import type { RawBuilder } from 'kysely';
import type { ImportErrorCode } from '../../../../contract/imports';
import type { Faults } from '../../import/import-errors';
import type { PlantFile } from '../../import-format';
import type { Tx } from '../database';
import { addBreaches, type OnFile } from './check-references';
import { masterDataRules } from './master-data-rules';
import { orderRules } from './order-rules';
import type { Staging } from './staged';

/** What rows must fulfil beside their types and references. */
export interface Rule {
  readonly file: PlantFile;
  /** The column the fault is shown at. */
  readonly column: string;
  readonly code: ImportErrorCode;
  /** A query of the lines that break it, and of what fills the text of the fault: jsonb or null. */
  readonly breaches: (staging: Staging) => RawBuilder<unknown>;
}

/** Checks the rules of the files that are there. */
export async function checkRules(
  tx: Tx,
  files: ReadonlySet<PlantFile>,
  staging: Staging,
  faults: Faults,
  onFile: OnFile,
  rules: readonly Rule[] = [...masterDataRules, ...orderRules],
): Promise<void> {
  for (const { file, column, code, breaches } of rules) {
    if (!files.has(file)) continue;
    onFile(file);
    await addBreaches(tx, faults, { file, column, code }, breaches(staging));
  }
}
