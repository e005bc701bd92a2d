import { rm } from 'node:fs/promises';
import type { Frame, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { writeOrders } from '../src/addin/excel/write-orders';
import type { OrderPage, OrderRow } from '../src/contract/orders';
import { createHeadlessExcel } from '../src/workbench/transport/headless';
import { needBrowser } from '../test/browser/need-browser';
import { anOrder, aSearch } from '../test/addin/excel/workbook';
import { startLaunchbook } from '../test/cli/started';
import { newFolder } from './on-database';

const ORDERS = 10_000;
/** A search makes the sheet, the next one finds it full. */
const SEARCHES = ['first', 'again'] as const;
const BYTES_GOAL = 1.2;
const TASK_GOAL_MS = 50;

/**
 * What a search of 10,000 orders costs: the bytes that go to Excel for each byte of data, on the headless host, and the longest
 * tasks of the pane, in a browser. The order book is left out: its answers are made here.
 */
async function main(): Promise<void> {
  const orders = Array.from({ length: ORDERS }, (_, at) => order(at + 1));
  console.log(`A search of ${ORDERS.toLocaleString('en')} orders.\n`);
  await measureBytes(orders);
  await measureTasks(orders);
}

function order(number: number): OrderRow {
  return anOrder(number, { description: 'Telaio, verniciato a più mani', materialStatus: 'partial' });
}

async function measureBytes(orders: readonly OrderRow[]): Promise<void> {
  console.log('| bytes | requests | largest | sent | data | sent/data |\n|:---|---:|---:|---:|---:|---:|');
  const excel = createHeadlessExcel();
  const removeGlobals = excel.installGlobals();
  const requests: number[] = [];
  const execute = excel.host.execute.bind(excel.host);
  excel.host.execute = (body, flags) => {
    requests.push(Buffer.byteLength(body));
    return execute(body, flags);
  };
  try {
    for (const search of SEARCHES) {
      requests.length = 0;
      await Excel.run((context) => writeOrders(context, orders, aSearch(ORDERS), 'it'));
      const sent = requests.reduce((sum, size) => sum + size, 0);
      const [count, largest] = [requests.length, Math.max(...requests)];
      const data = await bytesInTable();
      const figures = [count, largest, sent, data].map((figure) => figure.toLocaleString('en'));
      const ratio = sent / data;
      console.log(
        `| ${search} | ${figures.join(' | ')} | ${ratio.toFixed(3)} ${verdict(ratio <= BYTES_GOAL)} |`,
      );
    }
  } finally {
    removeGlobals();
    excel.dispose();
  }
}

function bytesInTable(): Promise<number> {
  return Excel.run(async (context) => {
    const body = context.workbook.tables.getItemAt(0).getDataBodyRange();
    body.load('values');
    await context.sync();
    return Buffer.byteLength(JSON.stringify(body.values));
  });
}

async function measureTasks(orders: readonly OrderRow[]): Promise<void> {
  const folder = await newFolder();
  const launchbook = startLaunchbook(folder);
  const browser = await chromium.launch({ executablePath: await needBrowser(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ locale: 'en-US' });
    await answerSearches(page, orders);
    await page.goto(await launchbook.ready());
    await page.waitForFunction(() => 'workbench' in window);
    await page.evaluate(() => window.workbench.ready);
    await page.evaluate(() => window.workbench.idle());
    const pane = await paneOf(page);
    console.log('\n| tasks of the pane | seconds | over 50 ms | longest, ms |\n|:---|---:|---:|---:|');
    for (const search of SEARCHES) console.log(await watchSearch(page, pane, search));
  } finally {
    await browser.close();
    launchbook.process.kill('SIGINT');
    await launchbook.ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Every search finds these orders, page by page. */
async function answerSearches(page: Page, orders: readonly OrderRow[]): Promise<void> {
  await page.route('**/api/orders?*', (route) => {
    const asked = new URL(route.request().url()).searchParams;
    const first = Number(asked.get('cursor') ?? 0);
    const end = first + Number(asked.get('limit'));
    const items = orders.slice(first, end);
    const next = end < orders.length ? String(end) : null;
    const answer: OrderPage = { items: [...items], next, total: orders.length };
    return route.fulfill({ json: answer });
  });
}

async function paneOf(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('.pane iframe')).contentFrame();
  if (frame === null) throw new Error('The workbench has no pane.');
  await frame.waitForSelector('button[type=submit]:enabled');
  return frame;
}

async function watchSearch(page: Page, pane: Frame, search: string): Promise<string> {
  await pane.evaluate(() => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      // Grid and pane share a thread here; in Excel they do not. Tasks of the grid are the parent frame's.
      for (const { name, duration } of list.getEntries()) if (name === 'self') tasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    Object.assign(window, { tasks });
  });
  const begun = performance.now();
  await pane.click('button[type=submit]');
  await pane.waitForFunction(() => document.querySelector('[role=progressbar]') !== null);
  await pane.waitForFunction(() => document.querySelector('[role=progressbar]') === null, null, {
    timeout: 300_000,
  });
  await page.evaluate(() => window.workbench.idle());
  const seconds = (performance.now() - begun) / 1000;
  const tasks = await pane.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  const longest = tasks.length === 0 ? 'none' : Math.max(...tasks).toFixed(0);
  const held = tasks.every((duration) => duration <= TASK_GOAL_MS);
  return `| ${search} | ${seconds.toFixed(1)} | ${tasks.length} | ${longest} ${verdict(held)} |`;
}

function verdict(held: boolean): string {
  if (!held) process.exitCode = 1;
  return held ? '✓' : '✗';
}

void main();
