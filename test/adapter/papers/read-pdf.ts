import { readFileSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** pdf.js is an ES module; its build for Node is told apart by its path. */
const pdfjs = import('pdfjs-dist/legacy/build/pdf.mjs');

// Left alone it would fetch this from the network.
const wasm = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
const reader = prepareZXingModule({
  overrides: { wasmBinary: wasm.buffer },
  fireImmediately: true,
});

export interface ReadPage {
  /** What stands on it, piece by piece. */
  readonly texts: readonly string[];
  /** All of it, in one line. */
  readonly text: string;
}

/** The pages of a PDF, as a reader program sees them. */
export async function readPdf(bytes: Buffer): Promise<ReadPage[]> {
  const { getDocument } = await pdfjs;
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const pages: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [item.str] : []));
    pages.push({ texts, text: texts.join(' ') });
  }
  await document.destroy();
  return pages;
}

/** A page as a picture of so many dots an inch. */
export async function pictureOf(bytes: Buffer, number: number, dotsPerInch = 200) {
  const { getDocument } = await pdfjs;
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const page = await document.getPage(number);
  const viewport = page.getViewport({ scale: dotsPerInch / 72 });
  const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
  // pdf.js draws on any canvas that has the interface; the types know that of browsers only.
  await page.render({ canvas: canvas as never, viewport }).promise;
  await document.destroy();
  return canvas;
}

/** What a scanner reads of a page that was printed: top to bottom. */
export async function barcodesOn(bytes: Buffer, number: number): Promise<string[]> {
  const canvas = await pictureOf(bytes, number, 300);
  const picture = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  await reader;
  const found = await readBarcodes(picture as never, { formats: ['Code128'], maxNumberOfSymbols: 200 });
  return found.toSorted((a, b) => a.position.topLeft.y - b.position.topLeft.y).map(({ text }) => text);
}
