/** What a planner sees of a refresh and nowhere else: one file to load, when it is first wanted. */
export { EditContentBlock } from './edit-content';
export { RefreshedOrders } from './refreshed-orders';
export { RefreshOptionsBlock } from './refresh-options';
export { SelectedContentBlock } from './selected-content';
export { WarehouseRequestsBlock } from './warehouse-requests';
