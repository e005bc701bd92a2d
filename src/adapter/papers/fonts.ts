import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';

/** IBM Plex Sans, under the SIL Open Font License: Latin, Greek and Cyrillic. Of each only the signs in use go into a file. */
const files = {
  regular: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  bold: '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
} as const;
export type Weight = keyof typeof files;

const read = new Map<Weight, Buffer>();

/** The bytes of a font, read once. */
function font(weight: Weight): Buffer {
  const known = read.get(weight) ?? readFileSync(require.resolve(files[weight]));
  read.set(weight, known);
  return known;
}

export interface PaperSize {
  readonly width: number;
  readonly height: number;
}
/** A4 in points. */
export const a4: PaperSize = { width: 595.28, height: 841.89 };

/** An empty document that knows the fonts. Its pages are written as soon as the next one begins. */
export function newDocument(title: string, language: string): PDFKit.PDFDocument {
  const document = new PDFDocument({
    autoFirstPage: false,
    bufferPages: false,
    margin: 0,
    size: [a4.width, a4.height],
    lang: language,
    displayTitle: true,
    info: { Title: title, Producer: 'Launchbook', Creator: 'Launchbook' },
  });
  for (const weight of ['regular', 'bold'] as const) document.registerFont(weight, font(weight));
  return document;
}
