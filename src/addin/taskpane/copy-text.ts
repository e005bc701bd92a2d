/**
 * Copies a text. Excel's panes do not all let a page at the clipboard: where nothing else is left, `shown` is selected for Ctrl+C, and
 * the answer is false.
 */
export async function copyText(text: string, shown: HTMLElement | null): Promise<boolean> {
  try {
    await globalThis.navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (shown !== null) globalThis.getSelection()?.selectAllChildren(shown);
    return false;
  }
}
