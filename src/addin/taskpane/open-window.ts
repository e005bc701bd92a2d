/**
 * Opens an address in a window of a browser. The web views of Excel on the desktop save no files themselves, so there Office hands the
 * address to the planner's browser; on the web the pane is in a browser already, which may forbid windows: false then.
 */
export function openWindow(address: string): boolean {
  try {
    const office = globalThis.Office?.context;
    if (office?.requirements.isSetSupported('OpenBrowserWindowApi', '1.1')) {
      office.ui.openBrowserWindow(address);
      return true;
    }
    // Asked for without an opener, it would not say whether there is a window.
    const opened = globalThis.open(address, '_blank');
    if (opened === null) return false;
    opened.opener = null;
    return true;
  } catch {
    return false;
  }
}
