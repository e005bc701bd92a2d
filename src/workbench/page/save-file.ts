import { element } from './dom';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** The browser has begun to read by then. */
const READ_MS = 60_000;

/** Gives the person an xlsx file, as base64, among the downloads of their browser. */
export function saveFile(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: XLSX }));
  const link = element('a', { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), READ_MS);
}
