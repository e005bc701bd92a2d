import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { AxeResults, ContextObject, RunOptions } from 'axe-core';
import type { Frame } from 'playwright-core';
import type { PlannerAtWork } from './planner-at-work';

declare global {
  interface Window {
    axe: { run(context: ContextObject, options: RunOptions): Promise<AxeResults> };
  }
}

/** Colours a planner may have: the workbench's two, and a contrast theme of Windows. */
const COLOURS = ['light', 'dark', 'contrast'] as const;
/** The rules that colours decide: the others need not be asked again in other colours, and take by far the most time. */
const RULES_OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * Holds what the pane shows now against the rules of axe, against those of colours in every colour scheme, and measures that at its
 * smallest width nothing reaches beyond it and no text is cut. Colours are the same in every language, so they are looked at in English.
 * @param view what is shown, for the message of a failure
 */
export async function assertAccessible(planner: PlannerAtWork, view: string): Promise<void> {
  // What is still at work has its buttons disabled, and they would come to life while they are measured.
  await planner.idle();
  const frame = await planner.frame();
  const found: string[] = [];
  for (const colours of planner.language === 'en' ? COLOURS : COLOURS.slice(0, 1)) {
    await show(planner, colours);
    const first = colours === 'light';
    if (first) found.push(...(await frame.evaluate(cutOff)));
    const broken = await violations(frame, first ? {} : { runOnly: RULES_OF_COLOURS });
    found.push(...broken.map((violation) => `${colours}: ${violation}`));
  }
  await show(planner, 'light');
  assert.deepEqual(found, [], view);
}

async function show(planner: PlannerAtWork, colours: (typeof COLOURS)[number]): Promise<void> {
  await planner.page.emulateMedia({
    colorScheme: colours === 'dark' ? 'dark' : 'light',
    forcedColors: colours === 'contrast' ? 'active' : 'none',
    // Colours that are still fading into others would be measured on their way.
    reducedMotion: 'reduce',
  });
  const frame = await planner.frame();
  await frame.evaluate(async () => {
    // The pane draws itself anew one frame after it hears of the colours.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

async function violations(frame: Frame, options: Pick<RunOptions, 'runOnly'>): Promise<string[]> {
  if (!(await frame.evaluate(() => 'axe' in window))) {
    await frame.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  }
  const { violations: found } = await frame.evaluate(
    (chosen) =>
      window.axe.run(
        // Fluent's sentinels around what keeps the focus: they pass it on the moment they get it, so nobody ever stands on one.
        { exclude: ['[data-tabster-dummy]'] },
        { ...chosen, resultTypes: ['violations'], iframes: false },
      ),
    options,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes
      // A field's list opens beside the landmark that the field stands in, and is reached from the field alone.
      .filter(({ html }) => id !== 'region' || !html.includes('fui-Listbox'))
      .map(({ html, failureSummary }) => `${id}: ${help}: ${html}: ${failureSummary ?? ''}`),
  );
}

/**
 * What reaches beyond the pane, and texts of which a part is hidden. Only what a keyboard can scroll may hold more than it shows.
 * It runs in the page, where names of inner functions would be the compiler's.
 */
function cutOff(): string[] {
  const width = document.documentElement.clientWidth;
  const ruler = document.createElement('canvas').getContext('2d');
  // What is only there to be read out, or never stood on.
  const unseen = 'svg, h1, [data-tabster-dummy], body > [aria-live]';
  return [...document.body.querySelectorAll<HTMLElement>('*')]
    .filter((element) => element.checkVisibility() && element.closest(unseen) === null)
    .filter((element) => element.parentElement?.closest('[role="region"][tabindex="0"]') === null)
    .flatMap((element) => {
      const { left, right } = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const text = `${element.tagName} "${(element.textContent ?? '').trim().slice(0, 60)}"`;
      const hides = style.overflowX !== 'visible' && element.tabIndex !== 0;
      const hint = element instanceof HTMLInputElement && element.value === '' ? element.placeholder : '';
      if (ruler !== null) ruler.font = style.font;
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const wanted = hint === '' ? 0 : (ruler?.measureText(hint).width ?? 0);
      return [
        ...(right > width + 0.5 || left < -0.5 ? [`beyond ${width} px: ${text} ${left}–${right}`] : []),
        ...(hides && element.scrollWidth > element.clientWidth + 1
          ? [`cut: ${text} ${element.scrollWidth} in ${element.clientWidth}`]
          : []),
        ...(hint !== '' && wanted > room + 0.5 ? [`cut: placeholder "${hint}" ${wanted} in ${room}`] : []),
      ];
    });
}
