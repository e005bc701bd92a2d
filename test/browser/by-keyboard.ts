import assert from 'node:assert/strict';
import type { PlannerAtWork } from './planner-at-work';

/** Goes on by Tab, from where the focus was left, to the button of this name and presses Enter. The focus stays in the pane. */
export async function pressByTab(
  planner: PlannerAtWork,
  key: string,
  params: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const name = planner.text(key, params);
  const focused = () =>
    planner.pane
      .locator('body')
      .evaluate(({ ownerDocument: { activeElement } }) =>
        activeElement?.tagName === 'BUTTON' ? activeElement.textContent : `(${activeElement?.tagName})`,
      );
  const passed: unknown[] = [];
  while (passed.length < 60 && (await focused()) !== name) {
    await planner.page.keyboard.press('Tab');
    passed.push(await focused());
  }
  assert.equal(await focused(), name, `Tab came by ${passed.join(' | ')}`);
  await planner.page.keyboard.press('Enter');
  await planner.idle();
  assert.notEqual(await focused(), '(BODY)', `the focus is lost after ${name}`);
}
