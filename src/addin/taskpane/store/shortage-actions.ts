import type { Explanation } from '../../../contract/explanation';
import type { OrderKey } from '../../../domain/order';
import { postingDay } from '../preferences';
import type { PaneContext } from './context';
import { ownDay } from './release-choices';

export interface ShortageActions {
  /**
   * Puts the shortages of the preview into their sheet, with a chart. Answers whether Excel could draw it, or null where that came to
   * nothing.
   */
  readonly writeShortages: () => Promise<boolean | null>;
  /** How each rule of release and restore stands for an order, on the day the planner posts it on. Fails with ApiError. */
  readonly explain: (key: OrderKey) => Promise<Explanation>;
}

export function shortageActions(pane: PaneContext): ShortageActions {
  const { get, api, sheet, work, company, language, defaults } = pane;
  return {
    async writeShortages() {
      let drawn: boolean | null = null;
      await work('shortages', async ({ writing }) => {
        const { preview } = get();
        if (preview === null) return;
        drawn = await sheet.writeShortages(preview, await company(), language(), writing);
      });
      return drawn;
    },
    explain(key) {
      const { releaseChoices, session } = get();
      return api.explain(
        key,
        ownDay(releaseChoices, key, session) ?? postingDay(defaults().posting, session),
      );
    },
  };
}
