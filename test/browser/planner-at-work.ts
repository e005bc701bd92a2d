import assert from 'node:assert/strict';
import type { BrowserContext, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { formatsFor } from '../../src/language/formats';
import { catalogues, type Language } from '../../src/language/text';
import { sharedBrowser } from './browser';

/** Columns of the orders table that the scenarios look at. */
export type Field = 'action' | 'result' | 'order' | 'item' | 'state';

/** The view that is about orders of a state. */
const VIEWS = { launched: 'release', executive: 'restore' } as const;

/** A planner at the workbench, in their language. Buttons are found by the words on them, cells through the grid's API. */
export class PlannerAtWork {
  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly complaints: string[],
    readonly language: Language,
  ) {}

  static async sitDown(url: string, language: Language): Promise<PlannerAtWork> {
    const browser = await sharedBrowser();
    const context = await browser.newContext({
      locale: language === 'it' ? 'it-IT' : 'en-US',
      colorScheme: null,
      viewport: { width: 1366, height: 768 },
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') complaints.push(`asked ${request.url()}`);
    });
    await page.goto(url);
    await page.waitForFunction(() => 'workbench' in window);
    await page.evaluate(() => window.workbench.ready);
    return new PlannerAtWork(page, context, complaints, language);
  }

  get pane(): FrameLocator {
    return this.page.frameLocator('.pane iframe');
  }

  /** The pane's own page, for what only the add-in can ask of Excel. */
  async frame(): Promise<Frame> {
    const frame = await (await this.page.waitForSelector('.pane iframe')).contentFrame();
    assert.ok(frame);
    return frame;
  }

  /** A text of the catalogue with its placeholders filled; `count` chooses the plural form. */
  text(key: string, params: Readonly<Record<string, string | number>> = {}): string {
    const texts = catalogues[this.language];
    const count = params['count'];
    const form =
      count === undefined ? key : `${key}_${new Intl.PluralRules(this.language).select(Number(count))}`;
    const text = texts[form] ?? texts[key];
    assert.ok(text !== undefined, `no text ${form}`);
    const { count: counted } = formatsFor(this.language, this.language);
    return text.replace(/\{\{(\w+)(, number)?\}\}/g, (_, name: string, counts?: string) =>
      counts === undefined ? String(params[name] ?? '') : counted(Number(params[name])),
    );
  }

  button(key: string, params: Readonly<Record<string, string | number>> = {}): Locator {
    return this.pane
      .locator('button')
      .and(this.pane.getByRole('button', { name: this.text(key, params), exact: true }));
  }

  async press(key: string, params: Readonly<Record<string, string | number>> = {}): Promise<void> {
    await this.button(key, params).click();
    await this.idle();
  }

  /** Presses a button by Enter once it can be pressed: a key does not wait for that as a click does. */
  async pressByKey(key: string): Promise<void> {
    await this.button(key).and(this.pane.locator(':not([aria-disabled="true"])')).press('Enter');
  }

  async tab(key: string): Promise<void> {
    await this.pane.getByRole('tab', { name: this.text(key) }).click();
  }

  /** Waits until the pane says this. */
  async sees(key: string, params: Readonly<Record<string, string | number>> = {}): Promise<void> {
    await this.pane.getByText(this.text(key, params)).first().waitFor();
  }

  /** Searches and waits until the pane says how many orders of this state are in the sheet. */
  async search(state: 'launched' | 'executive'): Promise<void> {
    await this.press('pane.find.search');
    await this.found(state);
  }

  /** Waits until the pane says how many orders of this state are in the sheet, and that there are some. */
  async found(state: 'launched' | 'executive'): Promise<void> {
    const [one, other] = [1, 2].map((count) =>
      this.text(`pane.found.${VIEWS[state]}`, { count }).replace(/^\d+/, ''),
    );
    await this.pane.getByText(new RegExp(`^[1-9][\\d.,]*(${one}|${other})$`)).waitFor();
  }

  /** Waits until the pane has no work under way, and the workbook has nothing more to do for it. */
  async idle(): Promise<void> {
    await this.pane.getByRole('progressbar').first().waitFor({ state: 'detached' });
    await this.page.evaluate(() => window.workbench.idle());
  }

  /** The rows of a table as shown, by column. */
  async rows(sheet: string, table: string): Promise<Record<string, string>[]> {
    const texts = await this.page.evaluate(
      ([name, of]) => window.workbench.readText(name, window.workbench.tableRange(of)),
      [sheet, table] as const,
    );
    const [header = [], ...body] = texts;
    return body.map((cells) =>
      Object.fromEntries(header.map((column, index) => [column, cells[index] ?? ''])),
    );
  }

  /** Keeps the rows of the orders table whose text in the column is one of these. */
  async filter(column: string, texts: readonly string[]): Promise<void> {
    await this.page.evaluate(([by, only]) => window.workbench.setTableFilter('Orders', by, only), [
      this.text(`column.${column}`),
      texts,
    ] as const);
  }

  /** The orders table as shown, by field. */
  async orders(): Promise<Record<Field, string>[]> {
    const fields = ['action', 'result', 'order', 'item', 'state'] as const;
    const found = await this.rows(this.text('sheet.orders'), 'Orders');
    return found.map(
      (row) =>
        Object.fromEntries(fields.map((field) => [field, row[this.text(`column.${field}`)] ?? ''])) as Record<
          Field,
          string
        >,
    );
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
