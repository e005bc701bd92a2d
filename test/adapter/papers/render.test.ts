import assert from 'node:assert/strict';
import type { PaperKind, PaperOrder } from '../../../src/domain/papers/paper';
import { printable } from '../../../src/adapter/papers/printable-text';
import { renderPapers } from '../../../src/adapter/papers/render';
import { paperWords } from '../../../src/adapter/papers/words';
import { textsIn } from '../../../src/adapter/texts';
import { languages, type Language } from '../../../src/language/text';
import { barcodesOn, readPdf } from './read-pdf';
import { byDays, definitive, operation, paperOrder } from './sample-order';

const printing = { company: 'Contoso', timeZone: 'Europe/Rome', user: 'anna', at: '2026-11-21T16:05:00Z' };

async function pdf(
  orders: readonly PaperOrder[],
  control: readonly PaperKind[] | null,
  language: Language = 'en',
  company = printing.company,
): Promise<Buffer> {
  async function* batches() {
    yield orders;
  }
  const pieces: Buffer[] = [];
  const words = paperWords(textsIn(language), { ...printing, company });
  for await (const piece of renderPapers(
    { orders: batches(), control: control && { papers: control } },
    words,
  ))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('papers as a PDF', function () {
  this.timeout(30_000);
  const all = paperOrder({
    prints: [definitive('jobCard', 41), definitive('routeJobs', 42), definitive('routeCard', 43)],
  });

  it('job card: a page for each setup and process, with its barcode', async () => {
    const file = await pdf([{ ...all, prints: [definitive('jobCard', 41)] }], null);
    const pages = await readPdf(file);
    assert.equal(pages.length, 6);
    for (const [place, page] of pages.entries())
      assert.match(page.text, new RegExp(`Page ${place + 1} of 6`));
    assert.match(
      pages[3]?.text ?? '',
      /Job card.*No\. 41.*2026\/125\/0.*P-1000.*50 PC.*Executive.*Job 20\.P · Process.*100 · Assembly.*0\.75 h.*10:15 AM.*11:00 AM/,
    );
    for (const word of ['Start', 'End', 'Good', 'Scrap', 'Cause', 'Worker', 'Signature'])
      assert.ok(pages[0]?.texts.includes(word), word);
    assert.deepEqual(await barcodesOn(file, 4), ['PO41', 'JB41.20.P']);
  });

  it('route jobs: all jobs on one page, each with its barcode', async () => {
    const file = await pdf([{ ...all, prints: [definitive('routeJobs', 42)] }], null);
    const pages = await readPdf(file);
    assert.equal(pages.length, 1);
    const jobs = pages[0]?.texts.filter((text) => /^\d+\.[QSPWT]$/.test(text));
    assert.deepEqual(jobs, ['10.S', '10.P', '20.S', '20.P', '30.S', '30.P']);
    const codes = ['10.S', '10.P', '20.S', '20.P', '30.S', '30.P'].map((job) => `JB42.${job}`);
    assert.deepEqual(await barcodesOn(file, 1), ['PO42', ...codes]);
  });

  it('route card: operations of a network, a card per branch', async () => {
    const operations = [
      operation(10, 8, { nextOperations: [20, 30] }),
      operation(20, 9, { nextOperations: [40] }),
      operation(30, 9, { nextOperations: [40] }),
      operation(40, 10),
    ];
    const file = await pdf([{ ...all, operations, prints: [definitive('routeCard', 43)] }], null);
    const pages = await readPdf(file);
    assert.equal(pages.length, 4);
    assert.match(pages[0]?.text ?? '', /Branch 1 of 4.*Operation 10.*20, 30/);
    assert.deepEqual(await barcodesOn(file, 2), ['PO43', 'OP43.20']);
  });

  it('goes on over as many pages as it takes, with its heads on each, and loses nothing', async () => {
    const operations = Array.from({ length: 60 }, (_, place) => operation(place + 1, 8));
    const pages = await readPdf(await pdf([{ ...all, operations }], ['routeJobs', 'routeCard']));
    const jobs = pages.flatMap(({ texts }) => texts.filter((text) => /^\d+\.[SP]$/.test(text)));
    assert.equal(new Set(jobs).size, 120);
    assert.ok(pages.every(({ text }) => text.includes('2026/125/0')));
    const ofJobs = pages.filter(({ text }) => text.includes('Route jobs'));
    assert.ok(ofJobs.length > 3 && ofJobs.every(({ texts }) => texts.includes('Type')));
    const numbered = pages
      .filter(({ text }) => text.includes('Route card'))
      .map(({ text }) => /Page (\d+ of \d+)/.exec(text)?.[1]);
    assert.deepEqual(
      numbered,
      numbered.map((_, place) => `${place + 1} of ${numbered.length}`),
    );
  });

  it('of several orders come in their sequence, each with all its papers', async () => {
    const second = { ...all, key: '2026/126/0' as PaperOrder['key'] };
    const pages = await readPdf(await pdf([all, second], ['routeCard', 'routeJobs']));
    assert.deepEqual(
      pages.map(({ text }) => [/2026\/\d+\/0/.exec(text)?.[0], /Route (card|jobs)/.exec(text)?.[0]]),
      [
        ['2026/125/0', 'Route jobs'],
        ['2026/125/0', 'Route card'],
        ['2026/126/0', 'Route jobs'],
        ['2026/126/0', 'Route card'],
      ],
    );
  });

  it('a control print has neither number nor barcodes, and says so', async () => {
    const file = await pdf([all], ['routeCard']);
    const [page] = await readPdf(file);
    assert.match(page?.text ?? '', /Control print/);
    assert.doesNotMatch(page?.text ?? '', /No\. \d/);
    assert.deepEqual(await barcodesOn(file, 1), []);
  });

  it('a reprint and a void paper say so', async () => {
    const again = definitive('routeCard', 43, { copy: 3 });
    const [reprint] = await readPdf(await pdf([{ ...all, prints: [again] }], null));
    assert.match(reprint?.text ?? '', /No\. 43.*Reprint 2/);
    const gone = definitive('routeCard', 43, { voidedAt: '2026-11-21T10:00:00Z' as never });
    const [page] = await readPdf(await pdf([{ ...all, prints: [gone] }], null));
    assert.match(page?.text ?? '', /Void/);
    assert.ok(page?.texts.includes('VOID'));
  });

  const notToBeUsed = {
    en: 'the earlier print must not be used any more',
    it: 'la copia precedente non va più usata',
  };
  for (const language of languages)
    it(`says whole on a reprint that the earlier print must not be used (${language})`, async () => {
      const again = { ...all, prints: [definitive('routeCard', 43, { copy: 2 })] };
      const [page] = await readPdf(
        await pdf([again], null, language, 'Contoso Coffee Machines and Spare Parts'),
      );
      assert.ok(page?.text.includes(notToBeUsed[language]), page?.text);
    });

  it('says of an operation without times and without a next one just that', async () => {
    const bare = operation(10, 8, { run: operation(10, 8).queue });
    const [page] = await readPdf(await pdf([{ ...all, operations: [bare] }], ['routeCard']));
    assert.doesNotMatch(page?.text ?? '', /per 1/);
    assert.match(page?.text ?? '', /Last operation/);
  });

  it('REL-16: names at the end what an order cannot have, and prints the rest', async () => {
    const days = { ...all, operations: all.operations.map(byDays) };
    const pages = await readPdf(await pdf([days], ['jobCard', 'routeCard']));
    assert.equal(pages.length, 2);
    assert.match(pages[0]?.text ?? '', /Route card/);
    assert.match(pages[1]?.text ?? '', /Papers left out.*2026\/125\/0.*Job card left out/);
  });

  it('says that there is nothing to print rather than being no file', async () => {
    const [page] = await readPdf(await pdf([], ['routeCard']));
    assert.match(page?.text ?? '', /nothing to print/);
  });

  for (const language of languages)
    it(`is complete in ${language}: no placeholder, no key`, async () => {
      const order = { ...all, operations: [byDays(operation(10, 8))] };
      for (const page of await readPdf(
        await pdf([all, order], ['jobCard', 'routeJobs', 'routeCard'], language),
      ))
        assert.doesNotMatch(page.text, /\{\{|paper\./);
    });

  it('is in Italian what it is in English', async () => {
    const [card] = await readPdf(await pdf([all], ['routeCard'], 'it'));
    assert.match(
      card?.text ?? '',
      /Scheda del ciclo.*Stampa di controllo.*Ordine di produzione.*Esecutivo.*Pagina 1 di 1.*Fase 10.*Attrezzaggio.*0,9 min/,
    );
  });

  it('shows texts of the ERP as text: no controls, nothing that turns the direction, nothing out of its place', async () => {
    assert.equal(printable('a\u202Eb\u0000c\r\nd\u2066e'), 'ab c de');
    assert.equal(printable('=1+1'), '=1+1');
    assert.equal(printable('Łódź Ελλάδα Пример №'), 'Łódź Ελλάδα Пример №');
    assert.equal(printable('日本 שלום'), '□□ □□□□');
    const wild = {
      ...all,
      item: 'X'.repeat(500),
      description: `\u202E${'long '.repeat(400)}`,
      customer: '\u0007=cmd|x',
    };
    const operations = [operation(10, 8, { description: 'W'.repeat(3000) })];
    const pages = await readPdf(await pdf([{ ...wild, operations }], ['jobCard', 'routeJobs', 'routeCard']));
    assert.equal(pages.length, 4);
    for (const { texts } of pages)
      assert.ok(texts.every((text) => text.length < 130 && !/[\p{Cc}\u202E]/u.test(text)));
  });
});
