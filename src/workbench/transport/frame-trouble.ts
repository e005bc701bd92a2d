/** Why no add-in answers in a frame. */
export type FrameTrouble =
  /** The page could not be loaded. */
  | 'page-unreachable'
  /** The page loaded without office.js. */
  | 'no-office-js'
  /** office.js did not trust the page around it and left. */
  | 'not-trusted'
  /** office.js is there and says nothing. */
  | 'silent';

const OFFICE_JS = /\/office(\.debug)?\.js$/;

/** Looks into a silent frame of this page's origin for the reason; office.js itself gives none. */
export async function diagnoseFrame(frame: HTMLIFrameElement, url: string): Promise<FrameTrouble> {
  const response = await fetch(url).catch(() => undefined);
  if (response === undefined || !response.ok) return 'page-unreachable';
  const inside = frame.contentDocument;
  if (inside?.location.pathname.toLowerCase().includes('/agaveerrorux/') === true) return 'not-trusted';
  const scripts = [...(inside?.scripts ?? [])].map((script) => new URL(script.src, location.href).pathname);
  return scripts.some((path) => OFFICE_JS.test(path)) ? 'silent' : 'no-office-js';
}
