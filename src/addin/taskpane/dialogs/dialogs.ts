/** All dialogs: one file to load, because what they are made of is mostly the same. */
export { CompanyDialog } from './company-dialog';
export { DiagnosticsDialog } from './diagnostics-dialog';
export { ExplainDialog } from './explain-dialog';
export { HelpDialog } from './help-dialog';
export { SettingsDialog } from './settings-dialog';
