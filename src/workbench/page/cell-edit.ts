import type { Univer } from '@univerjs/core';
import { IEditorBridgeService } from '@univerjs/preset-sheets-core';

/** Calls back when the person begins and when the person ends typing in a cell or in the formula bar. */
export function watchCellEdit(univer: Univer, began: () => void, ended: () => void): void {
  const editor = univer.__getInjector().get(IEditorBridgeService);
  let editing = false;
  editor.visible$.subscribe(({ visible }) => {
    if (visible === editing) return;
    editing = visible;
    if (visible) began();
    else ended();
  });
}
