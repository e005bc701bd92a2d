import { ICommandService, type Injector, type Univer } from '@univerjs/core';
import {
  AddConditionalRuleMutation,
  ConditionalFormattingRuleModel,
  DeleteConditionalRuleMutation,
} from '@univerjs/preset-sheets-conditional-formatting';
import {
  AddDataValidationMutation,
  RemoveDataValidationMutation,
  SheetDataValidationModel,
} from '@univerjs/preset-sheets-data-validation';
import { SortRangeCommand, type ISortRangeCommandParams } from '@univerjs/preset-sheets-sort';

/**
 * Keeps sorting by hand usable. Univer carries validations and conditional formats along row by row, which takes half a minute
 * and more for some thousand rows; Excel leaves both where they are. So they are put aside while rows are sorted, and come back
 * as they were. Undoing the sort is not affected.
 */
export function keepSortingFast(univer: Univer): void {
  const injector = univer.__getInjector();
  const commands = injector.get(ICommandService);
  let putBack: (() => void) | undefined;
  commands.beforeCommandExecuted((command) => {
    if (command.id !== SortRangeCommand.id) return;
    // The command with this id has these parameters.
    const { unitId, subUnitId } = command.params as ISortRangeCommandParams;
    putBack = putRulesAside(injector, { unitId, subUnitId });
  });
  commands.onCommandExecuted((command) => {
    if (command.id !== SortRangeCommand.id) return;
    putBack?.();
    putBack = undefined;
  });
}

/** Takes all rules off a sheet; the returned function puts them back in their order. */
function putRulesAside(injector: Injector, sheet: { unitId: string; subUnitId: string }): () => void {
  const commands = injector.get(ICommandService);
  const execute = (id: string, params: object) => commands.syncExecuteCommand(id, { ...sheet, ...params });
  const validations = [...injector.get(SheetDataValidationModel).getRules(sheet.unitId, sheet.subUnitId)];
  const formats = [
    ...(injector.get(ConditionalFormattingRuleModel).getSubunitRules(sheet.unitId, sheet.subUnitId) ?? []),
  ];
  for (const { uid } of validations)
    execute(RemoveDataValidationMutation.id, { ruleId: uid, source: 'patched' });
  for (const { cfId } of formats) execute(DeleteConditionalRuleMutation.id, { cfId });
  return () => {
    for (const rule of validations) execute(AddDataValidationMutation.id, { rule, source: 'patched' });
    // A rule that is added goes before the others.
    for (const rule of formats.reverse()) execute(AddConditionalRuleMutation.id, { rule });
  };
}
