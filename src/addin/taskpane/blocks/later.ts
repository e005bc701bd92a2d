/**
 * What a planner sees after the first search at the earliest, and the boxes of the search form with a list to choose from. It is one
 * file to load, and comes while they look at the pane: every further part that can be loaded by itself cuts what is loaded at once into
 * smaller pieces, which compress worse.
 */
export { ChangedOrders } from './changed-orders';
export { EmptySearch } from './empty-search';
export { ExportMenu } from './export-menu';
export { FurtherOrderCriteria } from './further-order-criteria';
export { HiddenMarks } from './hidden-marks';
export { HoldBlock } from './hold';
export { JudgedPreview } from './judged-preview';
export { MergeBlock } from './merge';
export { PaneMenu } from './pane-menu';
export { ResultBlock } from './result';
export { RunList } from './run-list';
export { SavedSearches } from './saved-searches';
export { WorkCentrePicker } from './work-centre-picker';
