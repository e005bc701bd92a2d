/** Where the project's own manifest says the add-in is: the machine it is developed on. */
const DEVELOPMENT = 'https://localhost:3000';

export interface Deployment {
  /** Where the add-in is served, e.g. `https://launchbook.example.com`; see {@link deploymentOrigin}. */
  readonly origin: string;
  /** Page that people are sent to for help; the guide of the deployment where there is none. */
  readonly support?: string;
  /** Version of Launchbook, three numbers; Office wants four and takes in an update only when they rise. */
  readonly version: string;
}

/**
 * The manifest of a deployment: the project's own with other addresses. The id stays, because workbooks find the add-in by it.
 *
 * @throws Error when an address of the development machine would be left in it
 */
export function productionManifest(manifest: string, { origin, support, version }: Deployment): string {
  const help = support ?? `${origin}/guide/`;
  const result = manifest
    .replace(/<Version>[^<]*<\/Version>/, () => `<Version>${version}.0</Version>`)
    .replaceAll(`"${DEVELOPMENT}/guide/"`, () => `"${escaped(help)}"`)
    .replaceAll(`"${DEVELOPMENT}/`, () => `"${escaped(origin)}/`);
  if (result.includes('localhost'))
    throw new Error('The manifest has an address of another form than expected.');
  return result;
}

/** The origin people can reach an add-in at: https, a name of a machine other than this one, and nothing behind it. */
export function deploymentOrigin(text: string): string | undefined {
  const url = httpsUrl(text);
  if (url === undefined || url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined;
  return url.origin;
}

/** A page people can be sent to. */
export function supportPage(text: string): string | undefined {
  return httpsUrl(text)?.href;
}

function httpsUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isOurs = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(url.hostname);
  return url.protocol === 'https:' && url.username === '' && url.password === '' && !isOurs ? url : undefined;
}

function escaped(address: string): string {
  return address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
