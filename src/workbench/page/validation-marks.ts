import { InterceptorEffectEnum, type Univer } from '@univerjs/core';
import { INTERCEPTOR_POINT, SheetInterceptorService } from '@univerjs/sheets';

/** After every other interceptor, which have priorities above zero. */
const LAST = -1;

/**
 * Leaves out the red corner that Univer draws on values a validation rule does not allow: Excel draws none, and a formula has such
 * a corner until long after its value is right again.
 */
export function leaveInvalidValuesUnmarked(univer: Univer): void {
  univer
    .__getInjector()
    .get(SheetInterceptorService)
    .intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
      effect: InterceptorEffectEnum.Style,
      priority: LAST,
      handler: (cell, _place, next) => {
        if (cell?.markers?.tr === undefined) return next(cell);
        const { tr: _corner, ...markers } = cell.markers;
        return next({ ...cell, markers });
      },
    });
}
