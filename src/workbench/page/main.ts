import '@univerjs/preset-sheets-core/lib/index.css';
import '@univerjs/preset-sheets-filter/lib/index.css';
import '@univerjs/preset-sheets-sort/lib/index.css';
import '@univerjs/preset-sheets-table/lib/index.css';
import '@univerjs/preset-sheets-data-validation/lib/index.css';
import '@univerjs/preset-sheets-conditional-formatting/lib/index.css';
import './style.css';
import { startWorkbench } from './workbench';
import { showMessage } from './chrome';
import { preferredLanguage } from './preferences';
import { translator } from './texts';

startWorkbench().catch((error: unknown) => {
  reportError(error);
  const text = translator(preferredLanguage());
  showMessage(text('startFailed', { reason: String(error) }), text('dismiss'));
});
